#ifndef LLMBENCH_CJANSSON_SHIM_H
#define LLMBENCH_CJANSSON_SHIM_H

#include <jansson.h>

// json_decref is inline and json_typeof a macro; Swift sees neither well on every platform.

static inline void llmbench_json_release(json_t *_Nullable value) { json_decref(value); }

static inline int llmbench_json_type(const json_t *_Nonnull value) { return (int)json_typeof(value); }

#endif
