#define _GNU_SOURCE
#include "CSpawn.h"

#include <errno.h>

#if defined(__linux__)

#include <fcntl.h>
#include <linux/audit.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef SYS_pidfd_open
#define SYS_pidfd_open 434
#endif
#ifndef SYS_pidfd_send_signal
#define SYS_pidfd_send_signal 424
#endif
#ifndef SYS_close_range
#define SYS_close_range 436
#endif

// Between vfork and execve the child borrows the parent's memory: it calls nothing but system calls, writes nothing
// but this record and its own stack, and takes care not to use the glibc wrappers that act on all threads (setuid…).
struct failure {
  int code;
  const char *step;
};

static int fail(struct failure *failure, const char *step) {
  failure->code = errno;
  failure->step = step;
  return -1;
}

static int limit(int resource, uint64_t soft, uint64_t hard) {
  struct rlimit now;
  if (getrlimit((__rlimit_resource_t)resource, &now) != 0) return -1;
  if (now.rlim_max != RLIM_INFINITY && hard > now.rlim_max) hard = now.rlim_max;
  if (soft > hard) soft = hard;
  struct rlimit wanted = {.rlim_cur = soft, .rlim_max = hard};
  return setrlimit((__rlimit_resource_t)resource, &wanted);
}

static int set_limits(const struct llmbench_spawn_request *request) {
  if (limit(RLIMIT_CORE, 0, 0) != 0) return -1;
  if (request->cpu_seconds > 0 && limit(RLIMIT_CPU, request->cpu_seconds, request->cpu_seconds + 1) != 0) return -1;
  if (request->file_bytes > 0 && limit(RLIMIT_FSIZE, request->file_bytes, request->file_bytes) != 0) return -1;
  if (request->open_files > 0 && limit(RLIMIT_NOFILE, request->open_files, request->open_files) != 0) return -1;
  if (request->address_space_bytes > 0 &&
      limit(RLIMIT_AS, request->address_space_bytes, request->address_space_bytes) != 0)
    return -1;
  return 0;
}

/// Writes the number in decimal without the C library.
static void append_number(char *end, size_t number) {
  char digits[24];
  int count = 0;
  do {
    digits[count++] = (char)('0' + number % 10);
    number /= 10;
  } while (number > 0);
  while (count > 0) *end++ = digits[--count];
  *end = 0;
}

/// Binds the sources below a tmpfs that only this process and its descendants see.
static int stage(const struct llmbench_spawn_request *request, struct failure *failure) {
  int sources[LLMBENCH_SPAWN_MAX_DESCRIPTORS];
  if (request->staged_count > LLMBENCH_SPAWN_MAX_DESCRIPTORS) {
    errno = E2BIG;
    return fail(failure, "stage");
  }
  if (unshare(CLONE_NEWNS) != 0) return fail(failure, "unshare");
  if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0) return fail(failure, "make mounts private");
  for (size_t index = 0; index < request->staged_count; index++) {
    sources[index] = open(request->staged_sources[index], O_PATH | O_CLOEXEC);
    if (sources[index] < 0) return fail(failure, "open what is to be staged");
  }
  if (mount("tmpfs", request->staging, "tmpfs", MS_NOSUID | MS_NODEV, "mode=0755,size=64k") != 0)
    return fail(failure, "mount the staging folder");
  for (size_t index = 0; index < request->staged_count; index++) {
    char target[256], source[64] = "/proc/self/fd/";
    size_t length = strlen(request->staging);
    if (length + 32 > sizeof target) {
      errno = ENAMETOOLONG;
      return fail(failure, "stage");
    }
    memcpy(target, request->staging, length);
    target[length] = '/';
    append_number(target + length + 1, index);
    append_number(source + strlen(source), (size_t)sources[index]);
    struct stat facts;
    if (fstat(sources[index], &facts) != 0) return fail(failure, "stat what is to be staged");
    if (S_ISDIR(facts.st_mode)) {
      if (mkdir(target, 0755) != 0) return fail(failure, "make a staging folder");
    } else {
      int file = open(target, O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
      if (file < 0) return fail(failure, "make a staging file");
      close(file);
    }
    if (mount(source, target, NULL, MS_BIND, NULL) != 0) return fail(failure, "bind into the staging folder");
  }
  return 0;
}

static void close_from(int first) {
  if (syscall(SYS_close_range, (unsigned)first, ~0U, 0) == 0) return;
  struct rlimit files;
  int last = getrlimit(RLIMIT_NOFILE, &files) == 0 && files.rlim_cur < 65536 ? (int)files.rlim_cur : 65536;
  for (int descriptor = first; descriptor < last; descriptor++) close(descriptor);
}

static int arrange_descriptors(const struct llmbench_spawn_request *request) {
  int high[LLMBENCH_SPAWN_MAX_DESCRIPTORS];
  int count = (int)request->descriptor_count;
  // First out of the way of every target, so that no dup2 overwrites a source.
  for (int index = 0; index < count; index++) {
    high[index] = fcntl(request->descriptors[index], F_DUPFD_CLOEXEC, count);
    if (high[index] < 0) return -1;
  }
  for (int index = 0; index < count; index++)
    if (dup2(high[index], index) < 0) return -1;
  close_from(count);
  return 0;
}

static void prefer_as_victim(int32_t score) {
  char text[24];
  if (score < 0) return;
  int file = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
  if (file < 0) return;
  append_number(text, (size_t)score);
  ssize_t ignored = write(file, text, strlen(text));
  (void)ignored;
  close(file);
}

static int drop_user(int64_t user) {
  if (syscall(SYS_setgroups, 0, NULL) != 0) return -1;
  if (syscall(SYS_setresgid, user, user, user) != 0) return -1;
  return (int)syscall(SYS_setresuid, user, user, user);
}

static void reset_signals(void) {
  struct sigaction standard = {.sa_handler = SIG_DFL};
  for (int number = 1; number < 65; number++)
    if (number != SIGKILL && number != SIGSTOP) sigaction(number, &standard, NULL);
}

static void run_child(const struct llmbench_spawn_request *request, pid_t parent, struct failure *failure) {
  reset_signals();
  if (setsid() < 0) { fail(failure, "setsid"); return; }
  for (size_t index = 0; index < request->group_count; index++)
    if (write(request->groups[index], "0", 1) != 1) { fail(failure, "enter the control group"); return; }
  prefer_as_victim(request->victim_score);
  if (request->staged_count > 0 && stage(request, failure) != 0) return;
  if (arrange_descriptors(request) != 0) { fail(failure, "arrange descriptors"); return; }
  if (set_limits(request) != 0) { fail(failure, "set resource limits"); return; }
  if (request->user >= 0 && drop_user(request->user) != 0) { fail(failure, "drop to another user"); return; }
  // After the user has changed: that clears it. A parent that has died before this line is noticed by the next.
  if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0) { fail(failure, "tie to the parent"); return; }
  if (getppid() != parent) { errno = ESRCH; fail(failure, "find the parent"); return; }
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  execve(request->executable, request->arguments, request->environment);
  fail(failure, "execve");
}

__attribute__((noinline)) int llmbench_spawn(const struct llmbench_spawn_request *request, pid_t *pid,
                                             const char **step) {
  volatile struct failure failure = {0, ""};
  if (request->descriptor_count > LLMBENCH_SPAWN_MAX_DESCRIPTORS) return E2BIG;
  sigset_t all, before;
  sigfillset(&all);
  // No handler of the parent may run in the child while both share memory.
  pthread_sigmask(SIG_SETMASK, &all, &before);
  pid_t parent = getpid();
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wdeprecated-declarations"
  pid_t child = vfork();
#pragma clang diagnostic pop
  if (child == 0) {
    run_child(request, parent, (struct failure *)&failure);
    _exit(127);
  }
  int code = child < 0 ? errno : failure.code;
  if (child < 0) failure.step = "vfork";
  if (child > 0 && code != 0) {
    while (waitpid(child, NULL, 0) < 0 && errno == EINTR) {}
  }
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  *step = failure.step;
  *pid = code == 0 ? child : -1;
  return code;
}

int llmbench_pidfd_open(pid_t pid) { return (int)syscall(SYS_pidfd_open, pid, 0); }

int llmbench_pidfd_kill(int pidfd, int signal) {
  return (int)syscall(SYS_pidfd_send_signal, pidfd, signal, NULL, 0);
}

int llmbench_pipe(int32_t ends[2]) { return pipe2(ends, O_CLOEXEC); }

int llmbench_memory_file(const void *bytes, size_t count) {
  int file = memfd_create("program", MFD_CLOEXEC);
  if (file < 0) return -1;
  size_t written = 0;
  while (written < count) {
    ssize_t step = pwrite(file, (const char *)bytes + written, count - written, (off_t)written);
    if (step < 0 && errno == EINTR) continue;
    if (step <= 0) {
      int code = step < 0 ? errno : ENOSPC;
      close(file);
      errno = code;
      return -1;
    }
    written += (size_t)step;
  }
  return file;
}

static double seconds(struct timeval time) { return (double)time.tv_sec + (double)time.tv_usec / 1e6; }

pid_t llmbench_collect(pid_t pid, int blocking, int *exit_code, int *signal, double *cpu_seconds) {
  int status = 0;
  struct rusage usage;
  pid_t result;
  do {
    result = wait4(pid, &status, blocking ? 0 : WNOHANG, &usage);
  } while (result < 0 && errno == EINTR);
  if (result <= 0) return result;
  *exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  *signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
  *cpu_seconds = seconds(usage.ru_utime) + seconds(usage.ru_stime);
  return result;
}

struct named_call {
  const char *name;
  long number;
};

#define CALL(name) {#name, SYS_##name}
static const struct named_call calls[] = {
#if defined(__x86_64__) || defined(__aarch64__)
    CALL(clone), CALL(unshare), CALL(setns), CALL(mount), CALL(umount2), CALL(pivot_root), CALL(chroot),
    CALL(ptrace), CALL(process_vm_readv), CALL(process_vm_writev), CALL(kcmp),
    CALL(keyctl), CALL(add_key), CALL(request_key), CALL(perf_event_open), CALL(shmget), CALL(mq_open), CALL(msgget),
    CALL(semget), CALL(prlimit64), CALL(sched_setaffinity), CALL(sched_setscheduler), CALL(sched_setparam),
    CALL(sched_setattr), CALL(setpriority), CALL(ioprio_set), CALL(memfd_create), CALL(open_by_handle_at), CALL(name_to_handle_at), CALL(syslog),
    {"bpf", SYS_bpf}, {"userfaultfd", SYS_userfaultfd}, {"clone3", 435}, {"io_uring_setup", 425},
    {"io_uring_enter", 426}, {"io_uring_register", 427}, {"open_tree", 428}, {"move_mount", 429}, {"fsopen", 430},
    {"fsconfig", 431}, {"fsmount", 432}, {"fspick", 433}, {"mount_setattr", 442}, {"memfd_secret", 447},
    {"pidfd_getfd", 438}, {"process_madvise", 440},
#endif
    {NULL, -1},
};

long llmbench_system_call(const char *name) {
  for (const struct named_call *call = calls; call->name != NULL; call++)
    if (strcmp(call->name, name) == 0) return call->number;
  return -1;
}

uint32_t llmbench_audit_architecture(void) {
#if defined(__x86_64__)
  return AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
  return AUDIT_ARCH_AARCH64;
#else
  return 0;
#endif
}

#else  // Not Linux: nothing here is available.

int llmbench_spawn(const struct llmbench_spawn_request *request, pid_t *pid, const char **step) {
  *pid = -1;
  *step = "spawn";
  return ENOSYS;
}
int llmbench_pidfd_open(pid_t pid) { errno = ENOSYS; return -1; }
int llmbench_pipe(int32_t ends[2]) { errno = ENOSYS; return -1; }
int llmbench_pidfd_kill(int pidfd, int signal) { errno = ENOSYS; return -1; }
int llmbench_memory_file(const void *bytes, size_t count) { errno = ENOSYS; return -1; }
pid_t llmbench_collect(pid_t pid, int blocking, int *exit_code, int *signal, double *cpu_seconds) {
  errno = ENOSYS;
  return -1;
}
long llmbench_system_call(const char *name) { return -1; }
uint32_t llmbench_audit_architecture(void) { return 0; }

#endif
