#ifndef LLMBENCH_CSPAWN_H
#define LLMBENCH_CSPAWN_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#if defined(__clang__)
#pragma clang assume_nonnull begin
#endif

/// What a child process is to be. All memory stays the caller's and must live until the call returns.
struct llmbench_spawn_request {
  const char *executable;
  char *_Nullable const *_Nonnull arguments;    // ends with NULL
  char *_Nullable const *_Nonnull environment;  // ends with NULL
  const int32_t *descriptors;                   // become descriptors 0, 1, 2… of the child; all others are closed
  size_t descriptor_count;                      // at most LLMBENCH_SPAWN_MAX_DESCRIPTORS
  const int32_t *_Nullable groups;              // open cgroup.procs files that the child writes itself into
  size_t group_count;
  const char *_Nullable const *_Nullable staged_sources;  // paths that only root reaches, bound as STAGING/0, /1…
  size_t staged_count;
  const char *_Nullable staging;                // an existing folder; covered by a tmpfs that only the child sees
  int64_t user;                                 // real, effective and saved user and group; -1 leaves them
  uint64_t cpu_seconds;                         // resource limits; 0 leaves what is inherited
  uint64_t file_bytes;
  uint64_t open_files;
  uint64_t address_space_bytes;
  int32_t victim_score;                         // 0…1000: how much rather it is killed where memory runs out
};

#define LLMBENCH_SPAWN_MAX_DESCRIPTORS 64

/// Starts a child in a session and process group of its own that is killed when the calling THREAD ends.
/// Returns 0 and sets `pid`, or an errno with `step` naming the call that failed.
int llmbench_spawn(const struct llmbench_spawn_request *request, pid_t *pid,
                   const char *_Nullable *_Nonnull step);

/// A close-on-exec descriptor that is readable when the process has ended, or -1 with errno set.
int llmbench_pidfd_open(pid_t pid);
int llmbench_pidfd_kill(int pidfd, int signal);

/// A close-on-exec file in memory that holds the bytes, at offset 0; -1 with errno set.
int llmbench_memory_file(const void *_Nullable bytes, size_t count);

/// A pipe whose two ends, first the one to read from, are closed on exec. 0, or -1 with errno set.
int llmbench_pipe(int32_t ends[_Nonnull 2]);

/// Collects a child. Returns its pid, 0 if it still runs, -1 with errno set. Times are seconds of the child and of
/// all descendants that were waited for.
pid_t llmbench_collect(pid_t pid, int blocking, int *exit_code, int *signal, double *cpu_seconds);

/// The number of a system call of this machine's architecture by name, or -1.
long llmbench_system_call(const char *name);
/// AUDIT_ARCH_… of this machine for seccomp filters, 0 where filters are not supported.
uint32_t llmbench_audit_architecture(void);

#if defined(__clang__)
#pragma clang assume_nonnull end
#endif

#endif
