#ifndef LLMBENCH_CVUEWORKER_H
#define LLMBENCH_CVUEWORKER_H

#include <stddef.h>

#if defined(__clang__)
#pragma clang assume_nonnull begin
#endif

/// A file that is part of the program.
struct llmbench_vue_file {
  const unsigned char *bytes;
  size_t count;
};

/// The JavaScript of the type-checking worker.
struct llmbench_vue_file llmbench_vue_worker(void);
/// Declarations of Vue's public interface.
struct llmbench_vue_file llmbench_vue_types(void);
/// Declarations that the generated code of a component is made with.
struct llmbench_vue_file llmbench_vue_helpers(void);
/// The JavaScript that mounts a component in the sandbox.
struct llmbench_vue_file llmbench_vue_mount(void);

#if defined(__clang__)
#pragma clang assume_nonnull end
#endif

#endif
