#ifndef LLMBENCH_CVUEFIXTURES_H
#define LLMBENCH_CVUEFIXTURES_H

#include <stddef.h>

#if defined(__clang__)
#pragma clang assume_nonnull begin
#endif

/// A file of Fixtures/vue.
struct llmbench_fixture_file {
  /// Its path there: FIXTURE/NAME.
  const char *path;
  const unsigned char *bytes;
  size_t count;
};

size_t llmbench_vue_fixture_count(void);
/// The file with that number, below the count.
struct llmbench_fixture_file llmbench_vue_fixture(size_t index);

#if defined(__clang__)
#pragma clang assume_nonnull end
#endif

#endif
