#ifndef LLMBENCH_CZSTD_SHIM_H
#define LLMBENCH_CZSTD_SHIM_H

#include <zstd.h>

#endif
