#include "CNVML.h"

#include <dlfcn.h>
#include <stddef.h>

static void *find(void *handle, const char *name, const char *older) {
  void *symbol = dlsym(handle, name);
  return symbol == NULL && older != NULL ? dlsym(handle, older) : symbol;
}

#define FIND(member, name, older) library->member = (__typeof__(library->member))find(handle, name, older)

const char *llmbench_nvml_load(const char *path, struct llmbench_nvml *library) {
  void *handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  if (handle == NULL) {
    const char *reason = dlerror();
    return reason == NULL ? path : reason;
  }
  FIND(initialize, "nvmlInit_v2", "nvmlInit");
  FIND(device_count, "nvmlDeviceGetCount_v2", "nvmlDeviceGetCount");
  FIND(device, "nvmlDeviceGetHandleByIndex_v2", "nvmlDeviceGetHandleByIndex");
  FIND(name, "nvmlDeviceGetName", NULL);
  FIND(uuid, "nvmlDeviceGetUUID", NULL);
  FIND(utilization, "nvmlDeviceGetUtilizationRates", NULL);
  FIND(memory, "nvmlDeviceGetMemoryInfo", NULL);
  FIND(memory_v2, "nvmlDeviceGetMemoryInfo_v2", NULL);
  FIND(power, "nvmlDeviceGetPowerUsage", NULL);
  FIND(energy, "nvmlDeviceGetTotalEnergyConsumption", NULL);
  FIND(temperature, "nvmlDeviceGetTemperature", NULL);
  FIND(clock, "nvmlDeviceGetClockInfo", NULL);
  FIND(driver_version, "nvmlSystemGetDriverVersion", NULL);
  FIND(error_text, "nvmlErrorString", NULL);
  return NULL;
}
