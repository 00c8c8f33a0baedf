#ifndef LLMBENCH_CCURL_SHIM_H
#define LLMBENCH_CCURL_SHIM_H

#include <curl/curl.h>
#include <fcntl.h>
#include <sys/socket.h>

// curl_easy_setopt, curl_easy_getinfo and curl_multi_setopt are variadic functions, which Swift cannot call: one shim
// for each kind of argument. CURL and CURLM are void or a struct, depending on the version and on macros: here they
// are always void. Every shim that returns CURLcode returns CURLE_OK on success.

/// Receives `size * count` bytes; returns how many it took. Any other number than that ends the transfer, but for
/// CURL_WRITEFUNC_PAUSE, which stops it until `llmbench_curl_resume`.
typedef size_t (*llmbench_curl_receiver)(
    char *_Nonnull bytes, size_t size, size_t count, void *_Nullable context);

static inline void *_Nullable llmbench_curl_easy_new(void) { return (void *)curl_easy_init(); }

static inline void llmbench_curl_easy_free(void *_Nonnull easy) { curl_easy_cleanup((CURL *)easy); }

static inline CURLcode llmbench_curl_set_long(void *_Nonnull easy, CURLoption option, long value) {
  return curl_easy_setopt((CURL *)easy, option, value);
}

static inline CURLcode llmbench_curl_set_offset(void *_Nonnull easy, CURLoption option, curl_off_t value) {
  return curl_easy_setopt((CURL *)easy, option, value);
}

/// libcurl copies the text, except of CURLOPT_POSTFIELDS.
static inline CURLcode llmbench_curl_set_text(
    void *_Nonnull easy, CURLoption option, const char *_Nullable value) {
  return curl_easy_setopt((CURL *)easy, option, value);
}

/// Copies `size` bytes as the body to be sent.
static inline CURLcode llmbench_curl_set_body(void *_Nonnull easy, const void *_Nullable bytes, size_t size) {
  CURLcode code = curl_easy_setopt((CURL *)easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)size);
  if (code != CURLE_OK) return code;
  return curl_easy_setopt((CURL *)easy, CURLOPT_COPYPOSTFIELDS, bytes);
}

/// The list must outlive the transfer.
static inline CURLcode llmbench_curl_set_headers(void *_Nonnull easy, struct curl_slist *_Nullable list) {
  return curl_easy_setopt((CURL *)easy, CURLOPT_HTTPHEADER, list);
}

/// The buffer has CURL_ERROR_SIZE bytes and must outlive the transfer.
static inline CURLcode llmbench_curl_set_error_buffer(void *_Nonnull easy, char *_Nonnull buffer) {
  return curl_easy_setopt((CURL *)easy, CURLOPT_ERRORBUFFER, buffer);
}

static inline CURLcode llmbench_curl_set_body_receiver(
    void *_Nonnull easy, llmbench_curl_receiver _Nonnull receiver, void *_Nonnull context) {
  CURLcode code = curl_easy_setopt((CURL *)easy, CURLOPT_WRITEFUNCTION, receiver);
  if (code != CURLE_OK) return code;
  return curl_easy_setopt((CURL *)easy, CURLOPT_WRITEDATA, context);
}

static inline CURLcode llmbench_curl_set_header_receiver(
    void *_Nonnull easy, llmbench_curl_receiver _Nonnull receiver, void *_Nonnull context) {
  CURLcode code = curl_easy_setopt((CURL *)easy, CURLOPT_HEADERFUNCTION, receiver);
  if (code != CURLE_OK) return code;
  return curl_easy_setopt((CURL *)easy, CURLOPT_HEADERDATA, context);
}

static inline curl_socket_t llmbench_curl_open_socket(
    void *_Nullable context, curlsocktype purpose, struct curl_sockaddr *_Nonnull address) {
  (void)context;
  (void)purpose;
#ifdef SOCK_CLOEXEC
  return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
#else
  curl_socket_t descriptor = socket(address->family, address->socktype, address->protocol);
  if (descriptor >= 0) fcntl(descriptor, F_SETFD, FD_CLOEXEC);
  return descriptor;
#endif
}

/// Keeps connections from being inherited by child processes.
static inline CURLcode llmbench_curl_close_sockets_on_exec(void *_Nonnull easy) {
  return curl_easy_setopt((CURL *)easy, CURLOPT_OPENSOCKETFUNCTION, llmbench_curl_open_socket);
}

/// Goes on with a transfer that CURL_WRITEFUNC_PAUSE stopped. May call the receivers before it returns.
static inline CURLcode llmbench_curl_resume(void *_Nonnull easy) {
  return curl_easy_pause((CURL *)easy, CURLPAUSE_CONT);
}

/// A long; 0 where libcurl does not know it.
static inline long llmbench_curl_long_info(void *_Nonnull easy, CURLINFO info) {
  long value = 0;
  return curl_easy_getinfo((CURL *)easy, info, &value) == CURLE_OK ? value : 0;
}

/// A 64-bit number; 0 where libcurl does not know it.
static inline curl_off_t llmbench_curl_offset_info(void *_Nonnull easy, CURLINFO info) {
  curl_off_t value = 0;
  return curl_easy_getinfo((CURL *)easy, info, &value) == CURLE_OK ? value : 0;
}

static inline void *_Nullable llmbench_curl_multi_new(void) { return (void *)curl_multi_init(); }

static inline void llmbench_curl_multi_free(void *_Nonnull multi) { curl_multi_cleanup((CURLM *)multi); }

static inline CURLMcode llmbench_curl_multi_set_long(void *_Nonnull multi, CURLMoption option, long value) {
  return curl_multi_setopt((CURLM *)multi, option, value);
}

static inline CURLMcode llmbench_curl_multi_add(void *_Nonnull multi, void *_Nonnull easy) {
  return curl_multi_add_handle((CURLM *)multi, (CURL *)easy);
}

static inline CURLMcode llmbench_curl_multi_remove(void *_Nonnull multi, void *_Nonnull easy) {
  return curl_multi_remove_handle((CURLM *)multi, (CURL *)easy);
}

static inline CURLMcode llmbench_curl_multi_perform(void *_Nonnull multi) {
  int running = 0;
  return curl_multi_perform((CURLM *)multi, &running);
}

/// Waits for a socket, a timer of libcurl's, `llmbench_curl_multi_wake` or the time to pass.
static inline CURLMcode llmbench_curl_multi_wait(void *_Nonnull multi, int milliseconds) {
  return curl_multi_poll((CURLM *)multi, NULL, 0, milliseconds, NULL);
}

/// The only call here that any thread may make.
static inline CURLMcode llmbench_curl_multi_wake(void *_Nonnull multi) { return curl_multi_wakeup((CURLM *)multi); }

/// The next finished transfer and how it ended; NULL when there is none.
static inline void *_Nullable llmbench_curl_multi_next_done(void *_Nonnull multi, CURLcode *_Nonnull result) {
  int left = 0;
  CURLMsg *message;
  while ((message = curl_multi_info_read((CURLM *)multi, &left)) != NULL) {
    if (message->msg != CURLMSG_DONE) continue;
    *result = message->data.result;
    return (void *)message->easy_handle;
  }
  return NULL;
}

#endif
