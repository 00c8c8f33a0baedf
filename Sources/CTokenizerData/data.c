#include "CTokenizerData.h"

#if defined(__clang__)
#pragma clang diagnostic ignored "-Wc23-extensions"
#endif

static const uint8_t o200k_base_merges[] = {
#embed "o200k_base.merges"
};

static const uint8_t cl100k_base_merges[] = {
#embed "cl100k_base.merges"
};

static const uint8_t character_classes[] = {
#embed "character-classes"
};

struct llmbench_embedded llmbench_o200k_base_merges(void) {
  return (struct llmbench_embedded){o200k_base_merges, sizeof o200k_base_merges};
}

struct llmbench_embedded llmbench_cl100k_base_merges(void) {
  return (struct llmbench_embedded){cl100k_base_merges, sizeof cl100k_base_merges};
}

struct llmbench_embedded llmbench_character_classes(void) {
  return (struct llmbench_embedded){character_classes, sizeof character_classes};
}
