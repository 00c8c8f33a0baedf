#include "vue_worker.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

// The parts share one scope, in the order in which they use each other; each ends with a line feed.
static const unsigned char worker[] = {
#embed "worker/sfc.js"
    ,
#embed "worker/typescript.js"
    ,
#embed "worker/expressions.js"
    ,
#embed "worker/script.js"
    ,
#embed "worker/output.js"
    ,
#embed "worker/template.js"
    ,
#embed "worker/component.js"
    ,
#embed "worker/project.js"
    ,
#embed "worker/checker.js"
    ,
#embed "worker/patterns.js"
    ,
#embed "worker/checks.js"
    ,
#embed "worker/compare.js"
    ,
#embed "worker/mountable.js"
    ,
#embed "worker/worker.js"
};

static const unsigned char types[] = {
#embed "types/vue.d.ts"
};

static const unsigned char helpers[] = {
#embed "types/helpers.d.ts"
};

static const unsigned char mount[] = {
#embed "mount/mount.js"
};

struct llmbench_vue_file llmbench_vue_worker(void) { return (struct llmbench_vue_file){worker, sizeof worker}; }
struct llmbench_vue_file llmbench_vue_types(void) { return (struct llmbench_vue_file){types, sizeof types}; }
struct llmbench_vue_file llmbench_vue_helpers(void) { return (struct llmbench_vue_file){helpers, sizeof helpers}; }
struct llmbench_vue_file llmbench_vue_mount(void) { return (struct llmbench_vue_file){mount, sizeof mount}; }
