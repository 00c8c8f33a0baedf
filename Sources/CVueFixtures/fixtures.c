#include "vue_fixtures.h"

#if defined(__clang__)
#pragma clang diagnostic ignored "-Wc23-extensions"
#endif

// One line a file of Fixtures/vue: a new one is added here, in the order in which fixtures are listed.

static const unsigned char file_0[] = {
#embed "../../Fixtures/vue/simple-component/ast_checks.json"
};
static const unsigned char file_1[] = {
#embed "../../Fixtures/vue/simple-component/behaviour.json"
};
static const unsigned char file_2[] = {
#embed "../../Fixtures/vue/simple-component/expected.vue"
};
static const unsigned char file_3[] = {
#embed "../../Fixtures/vue/simple-component/fixture.json"
};
static const unsigned char file_4[] = {
#embed "../../Fixtures/vue/simple-component/input.vue"
};
static const unsigned char file_5[] = {
#embed "../../Fixtures/vue/simple-component/mutants.json"
};
static const unsigned char file_6[] = {
#embed "../../Fixtures/vue/simple-component/prompt.md"
};
static const unsigned char file_7[] = {
#embed "../../Fixtures/vue/typed-emits/ast_checks.json"
};
static const unsigned char file_8[] = {
#embed "../../Fixtures/vue/typed-emits/behaviour.json"
};
static const unsigned char file_9[] = {
#embed "../../Fixtures/vue/typed-emits/expected.vue"
};
static const unsigned char file_10[] = {
#embed "../../Fixtures/vue/typed-emits/fixture.json"
};
static const unsigned char file_11[] = {
#embed "../../Fixtures/vue/typed-emits/input.vue"
};
static const unsigned char file_12[] = {
#embed "../../Fixtures/vue/typed-emits/mutants.json"
};
static const unsigned char file_13[] = {
#embed "../../Fixtures/vue/typed-emits/prompt.md"
};
static const unsigned char file_14[] = {
#embed "../../Fixtures/vue/typed-emits/composables/useSelection.ts"
};
static const unsigned char file_15[] = {
#embed "../../Fixtures/vue/generic-list/ast_checks.json"
};
static const unsigned char file_16[] = {
#embed "../../Fixtures/vue/generic-list/behaviour.json"
};
static const unsigned char file_17[] = {
#embed "../../Fixtures/vue/generic-list/expected.vue"
};
static const unsigned char file_18[] = {
#embed "../../Fixtures/vue/generic-list/fixture.json"
};
static const unsigned char file_19[] = {
#embed "../../Fixtures/vue/generic-list/input.vue"
};
static const unsigned char file_20[] = {
#embed "../../Fixtures/vue/generic-list/mutants.json"
};
static const unsigned char file_21[] = {
#embed "../../Fixtures/vue/generic-list/prompt.md"
};
static const unsigned char file_22[] = {
#embed "../../Fixtures/vue/provide-inject/ast_checks.json"
};
static const unsigned char file_23[] = {
#embed "../../Fixtures/vue/provide-inject/behaviour.json"
};
static const unsigned char file_24[] = {
#embed "../../Fixtures/vue/provide-inject/expected.vue"
};
static const unsigned char file_25[] = {
#embed "../../Fixtures/vue/provide-inject/fixture.json"
};
static const unsigned char file_26[] = {
#embed "../../Fixtures/vue/provide-inject/input.vue"
};
static const unsigned char file_27[] = {
#embed "../../Fixtures/vue/provide-inject/mutants.json"
};
static const unsigned char file_28[] = {
#embed "../../Fixtures/vue/provide-inject/prompt.md"
};
static const unsigned char file_29[] = {
#embed "../../Fixtures/vue/provide-inject/theme.ts"
};
static const unsigned char file_30[] = {
#embed "../../Fixtures/vue/provide-inject/components/ThemeButton.vue"
};
static const unsigned char file_31[] = {
#embed "../../Fixtures/vue/validated-form/ast_checks.json"
};
static const unsigned char file_32[] = {
#embed "../../Fixtures/vue/validated-form/behaviour.json"
};
static const unsigned char file_33[] = {
#embed "../../Fixtures/vue/validated-form/expected.vue"
};
static const unsigned char file_34[] = {
#embed "../../Fixtures/vue/validated-form/fixture.json"
};
static const unsigned char file_35[] = {
#embed "../../Fixtures/vue/validated-form/input.vue"
};
static const unsigned char file_36[] = {
#embed "../../Fixtures/vue/validated-form/mutants.json"
};
static const unsigned char file_37[] = {
#embed "../../Fixtures/vue/validated-form/prompt.md"
};
static const unsigned char file_38[] = {
#embed "../../Fixtures/vue/async-data/ast_checks.json"
};
static const unsigned char file_39[] = {
#embed "../../Fixtures/vue/async-data/behaviour.json"
};
static const unsigned char file_40[] = {
#embed "../../Fixtures/vue/async-data/expected.vue"
};
static const unsigned char file_41[] = {
#embed "../../Fixtures/vue/async-data/fixture.json"
};
static const unsigned char file_42[] = {
#embed "../../Fixtures/vue/async-data/input.vue"
};
static const unsigned char file_43[] = {
#embed "../../Fixtures/vue/async-data/mutants.json"
};
static const unsigned char file_44[] = {
#embed "../../Fixtures/vue/async-data/prompt.md"
};

static const struct llmbench_fixture_file files[] = {
    {"simple-component/ast_checks.json", file_0, sizeof file_0},
    {"simple-component/behaviour.json", file_1, sizeof file_1},
    {"simple-component/expected.vue", file_2, sizeof file_2},
    {"simple-component/fixture.json", file_3, sizeof file_3},
    {"simple-component/input.vue", file_4, sizeof file_4},
    {"simple-component/mutants.json", file_5, sizeof file_5},
    {"simple-component/prompt.md", file_6, sizeof file_6},
    {"typed-emits/ast_checks.json", file_7, sizeof file_7},
    {"typed-emits/behaviour.json", file_8, sizeof file_8},
    {"typed-emits/expected.vue", file_9, sizeof file_9},
    {"typed-emits/fixture.json", file_10, sizeof file_10},
    {"typed-emits/input.vue", file_11, sizeof file_11},
    {"typed-emits/mutants.json", file_12, sizeof file_12},
    {"typed-emits/prompt.md", file_13, sizeof file_13},
    {"typed-emits/composables/useSelection.ts", file_14, sizeof file_14},
    {"generic-list/ast_checks.json", file_15, sizeof file_15},
    {"generic-list/behaviour.json", file_16, sizeof file_16},
    {"generic-list/expected.vue", file_17, sizeof file_17},
    {"generic-list/fixture.json", file_18, sizeof file_18},
    {"generic-list/input.vue", file_19, sizeof file_19},
    {"generic-list/mutants.json", file_20, sizeof file_20},
    {"generic-list/prompt.md", file_21, sizeof file_21},
    {"provide-inject/ast_checks.json", file_22, sizeof file_22},
    {"provide-inject/behaviour.json", file_23, sizeof file_23},
    {"provide-inject/expected.vue", file_24, sizeof file_24},
    {"provide-inject/fixture.json", file_25, sizeof file_25},
    {"provide-inject/input.vue", file_26, sizeof file_26},
    {"provide-inject/mutants.json", file_27, sizeof file_27},
    {"provide-inject/prompt.md", file_28, sizeof file_28},
    {"provide-inject/theme.ts", file_29, sizeof file_29},
    {"provide-inject/components/ThemeButton.vue", file_30, sizeof file_30},
    {"validated-form/ast_checks.json", file_31, sizeof file_31},
    {"validated-form/behaviour.json", file_32, sizeof file_32},
    {"validated-form/expected.vue", file_33, sizeof file_33},
    {"validated-form/fixture.json", file_34, sizeof file_34},
    {"validated-form/input.vue", file_35, sizeof file_35},
    {"validated-form/mutants.json", file_36, sizeof file_36},
    {"validated-form/prompt.md", file_37, sizeof file_37},
    {"async-data/ast_checks.json", file_38, sizeof file_38},
    {"async-data/behaviour.json", file_39, sizeof file_39},
    {"async-data/expected.vue", file_40, sizeof file_40},
    {"async-data/fixture.json", file_41, sizeof file_41},
    {"async-data/input.vue", file_42, sizeof file_42},
    {"async-data/mutants.json", file_43, sizeof file_43},
    {"async-data/prompt.md", file_44, sizeof file_44},
};

size_t llmbench_vue_fixture_count(void) { return sizeof files / sizeof files[0]; }

struct llmbench_fixture_file llmbench_vue_fixture(size_t index) { return files[index]; }
