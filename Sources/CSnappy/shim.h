#ifndef LLMBENCH_CSNAPPY_SHIM_H
#define LLMBENCH_CSNAPPY_SHIM_H

#include <snappy-c.h>

#endif
