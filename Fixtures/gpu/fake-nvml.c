// A management library for machines without an NVIDIA GPU: the functions that llmbench calls, with made-up readings.
//
//     cc -shared -fPIC -o libnvidia-ml.so.1 fake-nvml.c
//     LLMBENCH_NVML_LIBRARY=$PWD/libnvidia-ml.so.1 llmbench gpu sample
//
// -DDEVICES=2           how many devices
// -DUTILIZATION=95      percent, of the first; each further device has 40 less
// -DWATTS=250           of each; the energy counter goes by it
// -DINIT=9              what nvmlInit returns
// -DLOST=1              the device that cannot be had
// -DUNIFIED             no memory of its own, as where it is the processor's
// -DOLD                 without what came with later drivers: energy, reserved memory
// -DBARE                every reading is "not supported"
// -DHANG                a reading never comes

#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#ifndef DEVICES
#define DEVICES 1
#endif
#ifndef UTILIZATION
#define UTILIZATION 95
#endif
#ifndef WATTS
#define WATTS 250
#endif
#ifndef INIT
#define INIT 0
#endif
#ifndef LOST
#define LOST -1
#endif

enum { OK = 0, NOT_SUPPORTED = 3, TOO_SMALL = 7, LOST_DEVICE = 15 };

typedef struct { int index; } device;
static device devices[64];

int nvmlInit_v2(void) { return INIT; }

const char *nvmlErrorString(int code) {
  switch (code) {
    case 9: return "Driver Not Loaded";
    case 18: return "Driver/library version mismatch";
    default: return "Unknown Error";
  }
}

int nvmlSystemGetDriverVersion(char *text, unsigned length) {
  return snprintf(text, length, "580.65.06") < (int)length ? OK : TOO_SMALL;
}

int nvmlDeviceGetCount_v2(unsigned *count) {
  *count = DEVICES;
  return OK;
}

int nvmlDeviceGetHandleByIndex_v2(unsigned index, device **handle) {
  if ((int)index == LOST) return LOST_DEVICE;
  devices[index].index = (int)index;
  *handle = &devices[index];
  return OK;
}

int nvmlDeviceGetName(device *handle, char *text, unsigned length) {
  return snprintf(text, length, "Fake GPU %d", handle->index) < (int)length ? OK : TOO_SMALL;
}

int nvmlDeviceGetUUID(device *handle, char *text, unsigned length) {
  return snprintf(text, length, "GPU-fake-%d", handle->index) < (int)length ? OK : TOO_SMALL;
}

#ifndef BARE

int nvmlDeviceGetUtilizationRates(device *handle, uint32_t *rates) {
#ifdef HANG
  for (;;) sleep(1000);
#endif
  rates[0] = (uint32_t)(UTILIZATION > 40 * handle->index ? UTILIZATION - 40 * handle->index : 0);
  rates[1] = 30;
  return OK;
}

#ifdef UNIFIED
int nvmlDeviceGetMemoryInfo(device *handle, uint64_t *bytes) { return NOT_SUPPORTED; }
int nvmlDeviceGetMemoryInfo_v2(device *handle, void *bytes) { return NOT_SUPPORTED; }
#else
int nvmlDeviceGetMemoryInfo(device *handle, uint64_t *bytes) {
  bytes[0] = 80ull << 30;
  bytes[1] = 67ull << 30;
  bytes[2] = 13ull << 30;
  return OK;
}

#ifndef OLD
struct memory { uint32_t version; uint64_t total, reserved, free, used; };

int nvmlDeviceGetMemoryInfo_v2(device *handle, struct memory *bytes) {
  if (bytes->version != (sizeof *bytes | 2 << 24)) return 25;
  bytes->total = 80ull << 30;
  bytes->reserved = 1ull << 30;
  bytes->free = 67ull << 30;
  bytes->used = 12ull << 30;
  return OK;
}
#endif
#endif

int nvmlDeviceGetPowerUsage(device *handle, uint32_t *milliwatts) {
  *milliwatts = WATTS * 1000;
  return OK;
}

#ifndef OLD
int nvmlDeviceGetTotalEnergyConsumption(device *handle, uint64_t *millijoules) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  *millijoules = (uint64_t)(WATTS * (now.tv_sec * 1e3 + now.tv_nsec / 1e6));
  return OK;
}
#endif

int nvmlDeviceGetTemperature(device *handle, int sensor, uint32_t *celsius) {
  *celsius = sensor == 0 ? 61 : 0;
  return sensor == 0 ? OK : 2;
}

int nvmlDeviceGetClockInfo(device *handle, int clock, uint32_t *megahertz) {
  *megahertz = clock == 0 ? 1980 : clock == 2 ? 2619 : 0;
  return OK;
}

#endif
