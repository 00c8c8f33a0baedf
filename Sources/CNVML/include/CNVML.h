#ifndef LLMBENCH_CNVML_H
#define LLMBENCH_CNVML_H

#include <stdint.h>

#if defined(__clang__)
#pragma clang assume_nonnull begin
#endif

// The part of NVIDIA's management library that is used here, loaded while the program runs: nothing of it is needed to
// build or to start. Names, types and codes as in the NVML API Reference Guide, docs.nvidia.com/deploy/nvml-api, vR590.

typedef int32_t llmbench_nvml_result;
typedef struct llmbench_nvml_device_record *llmbench_nvml_device;

#define LLMBENCH_NVML_SUCCESS 0
#define LLMBENCH_NVML_DRIVER_NOT_LOADED 9

struct llmbench_nvml_utilization {  // percent
  uint32_t gpu;
  uint32_t memory;
};

struct llmbench_nvml_memory {  // bytes
  uint64_t total;
  uint64_t free;
  uint64_t used;
};

struct llmbench_nvml_memory_v2 {  // bytes
  uint32_t version;
  uint64_t total;
  uint64_t reserved;
  uint64_t free;
  uint64_t used;
};

#define LLMBENCH_NVML_CLOCK_GRAPHICS 0u
#define LLMBENCH_NVML_CLOCK_MEMORY 2u
#define LLMBENCH_NVML_TEMPERATURE_GPU 0u

// NULL stands for a function that the driver's version lacks.
struct llmbench_nvml {
  llmbench_nvml_result (*_Nullable initialize)(void);
  llmbench_nvml_result (*_Nullable device_count)(uint32_t *);
  llmbench_nvml_result (*_Nullable device)(uint32_t, llmbench_nvml_device _Nullable *_Nonnull);
  llmbench_nvml_result (*_Nullable name)(llmbench_nvml_device, char *, uint32_t);
  llmbench_nvml_result (*_Nullable uuid)(llmbench_nvml_device, char *, uint32_t);
  llmbench_nvml_result (*_Nullable utilization)(llmbench_nvml_device, struct llmbench_nvml_utilization *);
  llmbench_nvml_result (*_Nullable memory)(llmbench_nvml_device, struct llmbench_nvml_memory *);
  llmbench_nvml_result (*_Nullable memory_v2)(llmbench_nvml_device, struct llmbench_nvml_memory_v2 *);
  llmbench_nvml_result (*_Nullable power)(llmbench_nvml_device, uint32_t *);                  // milliwatts
  llmbench_nvml_result (*_Nullable energy)(llmbench_nvml_device, uint64_t *);                 // millijoules
  llmbench_nvml_result (*_Nullable temperature)(llmbench_nvml_device, uint32_t, uint32_t *);  // degrees Celsius
  llmbench_nvml_result (*_Nullable clock)(llmbench_nvml_device, uint32_t, uint32_t *);        // megahertz
  llmbench_nvml_result (*_Nullable driver_version)(char *, uint32_t);
  const char *_Nullable (*_Nullable error_text)(llmbench_nvml_result);
};

/// Loads the library and finds its functions. NULL where that went well, else why it cannot be loaded; the text is
/// valid until the calling thread loads something else. The library stays loaded.
const char *_Nullable llmbench_nvml_load(const char *path, struct llmbench_nvml *library);

#if defined(__clang__)
#pragma clang assume_nonnull end
#endif

#endif
