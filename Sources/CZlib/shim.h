#ifndef LLMBENCH_CZLIB_SHIM_H
#define LLMBENCH_CZLIB_SHIM_H

#include <zlib.h>

#endif
