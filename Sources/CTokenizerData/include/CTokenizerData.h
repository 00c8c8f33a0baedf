#ifndef LLMBENCH_CTOKENIZERDATA_H
#define LLMBENCH_CTOKENIZERDATA_H

#include <stddef.h>
#include <stdint.h>

#if defined(__clang__)
#pragma clang assume_nonnull begin
#endif

/// Bytes that are part of the program.
struct llmbench_embedded {
  const uint8_t *bytes;
  size_t count;
};

/// The vocabularies of tiktoken (MIT licence, (c) 2022 OpenAI, Shantanu Jain) as their merges, and the classes of
/// characters that its regular expressions know. scripts/make-tokenizer-data made them and says what they look like.
struct llmbench_embedded llmbench_o200k_base_merges(void);
struct llmbench_embedded llmbench_cl100k_base_merges(void);
struct llmbench_embedded llmbench_character_classes(void);

#if defined(__clang__)
#pragma clang assume_nonnull end
#endif

#endif
