// Drives one JSON-RPC server with header framing and measures it, at as little cost of its own as possible.
//
//   driver COMMAND [ARGUMENT …]        starts the server and talks to it through pipes
//   driver --tcp PORT CONNECTIONS      connects to 127.0.0.1
//
// It initializes, prints a line of JSON with the time that took, then answers each of these lines with one of JSON:
//
//   requests COUNT WINDOW METHOD PARAMS   COUNT requests a connection, never more than WINDOW of them unanswered
//   large BYTES SHAPE METHOD              one request of BYTES bytes; SHAPE is text or numbers
//   end                                   shutdown, exit; the server's exit code
//   kill                                  SIGKILL, for a server that does not always answer shutdown; the same
//
// Times are microseconds, except those that are named otherwise. Anything unexpected ends it with code 1.

// For `memmem`.
#define _GNU_SOURCE

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { maximumPeers = 64, limitSeconds = 300 };

typedef struct {
  int in, out;
  // What was read and not taken yet: bytes start ..< end.
  char *buffer;
  size_t start, end, capacity;
  long sent, answered;
} Peer;

static Peer peers[maximumPeers];
static int peerCount;
static pid_t server;

__attribute__((noreturn, format(printf, 1, 2))) static void die(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  fputs("driver: ", stderr);
  vfprintf(stderr, format, arguments);
  fputc('\n', stderr);
  va_end(arguments);
  exit(1);
}

static uint64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

// The processor time that the server has used; 0 where the system does not tell it.
static uint64_t serverTime(void) {
#ifdef __linux__
  clockid_t clock;
  struct timespec time;
  if (server && clock_getcpuclockid(server, &clock) == 0 && clock_gettime(clock, &time) == 0)
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
#endif
  return 0;
}

static void *allocate(size_t size) {
  void *memory = malloc(size);
  if (!memory) die("out of memory");
  return memory;
}

// ---------------------------------------------------------------------------------------------------------------------
// Frames

static void sendAll(Peer *peer, const char *bytes, size_t count) {
  while (count) {
    ssize_t written = write(peer->out, bytes, count);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) die("the server does not read: %s", strerror(errno));
    bytes += written;
    count -= (size_t)written;
  }
}

// One read of what is there; waits for the first byte.
static void fill(Peer *peer) {
  if (peer->start == peer->end) peer->start = peer->end = 0;
  if (peer->capacity - peer->end < 65536) {
    memmove(peer->buffer, peer->buffer + peer->start, peer->end - peer->start);
    peer->end -= peer->start;
    peer->start = 0;
    if (peer->capacity - peer->end < 65536) {
      peer->capacity = peer->capacity * 2 + 131072;
      peer->buffer = realloc(peer->buffer, peer->capacity);
      if (!peer->buffer) die("out of memory");
    }
  }
  ssize_t count;
  do count = read(peer->in, peer->buffer + peer->end, peer->capacity - peer->end);
  while (count < 0 && errno == EINTR);
  if (count <= 0) die("the server closed its output");
  peer->end += (size_t)count;
}

// The next whole frame's body, if all of it has been read.
static bool takeFrame(Peer *peer, const char **body, size_t *length) {
  const char *begin = peer->buffer + peer->start;
  size_t available = peer->end - peer->start;
  const char *blank = available ? memmem(begin, available, "\r\n\r\n", 4) : NULL;
  if (!blank) return false;
  const char *field = memmem(begin, (size_t)(blank - begin), "Content-Length:", 15);
  if (!field) die("a header without Content-Length");
  *length = strtoul(field + 15, NULL, 10);
  *body = blank + 4;
  size_t total = (size_t)(*body - begin) + *length;
  if (total > available) return false;
  peer->start += total;
  return true;
}

static void sendMessage(Peer *peer, const char *body, size_t length) {
  char *frame = allocate(length + 64);
  int header = snprintf(frame, 64, "Content-Length: %zu\r\n\r\n", length);
  memcpy(frame + header, body, length);
  sendAll(peer, frame, (size_t)header + length);
  free(frame);
}

// ---------------------------------------------------------------------------------------------------------------------
// Messages

typedef struct {
  bool isResponse;
  // Of an error; 0 where there is none.
  long code;
  // The token of `id`; empty for a notification.
  const char *identifier;
  size_t identifierLength;
} Message;

static const char *skipString(const char *at, const char *end) {
  for (at++; at < end && *at != '"'; at++)
    if (*at == '\\') at++;
  return at;
}

static bool isNamed(const char *begin, const char *end, const char *name) {
  return (size_t)(end - begin) == strlen(name) && memcmp(begin, name, strlen(name)) == 0;
}

// The `code` of an error object, which need not be the first of its members but comes before any other `code`.
static long errorCode(const char *at, const char *end) {
  const char *name = memmem(at, (size_t)(end - at), "\"code\"", 6);
  const char *colon = name ? memchr(name, ':', (size_t)(end - name)) : NULL;
  return colon ? strtol(colon + 1, NULL, 10) : 0;
}

// Reads the members of the outermost object, as far as it takes to know whose message it is. A server's error may
// have a `method` further inside.
static Message look(const char *body, size_t length) {
  Message message = {0};
  const char *end = body + length;
  bool isKnown = false;
  int depth = 0;
  for (const char *at = body; at < end && !(isKnown && message.identifier); at++) {
    if (*at == '{' || *at == '[') depth++;
    if (*at == '}' || *at == ']') depth--;
    if (*at != '"') continue;
    const char *name = at + 1;
    at = skipString(at, end);
    if (depth != 1 || at + 1 >= end) continue;
    const char *nameEnd = at, *colon = at + 1;
    while (colon < end && (*colon == ' ' || *colon == '\n')) colon++;
    if (colon >= end || *colon != ':') continue;
    const char *value = colon + 1;
    while (value < end && (*value == ' ' || *value == '\n')) value++;
    if (isNamed(name, nameEnd, "result") || isNamed(name, nameEnd, "error")) {
      isKnown = message.isResponse = true;
      if (*name == 'e' && !(message.code = errorCode(value, end))) die("an error without a code");
    } else if (isNamed(name, nameEnd, "method")) {
      isKnown = true;
    } else if (isNamed(name, nameEnd, "id")) {
      message.identifier = value;
      const char *stop = *value == '"' ? skipString(value, end) + 1 : value;
      while (stop < end && *stop != ',' && *stop != '}' && *stop != ' ') stop++;
      message.identifierLength = (size_t)(stop - value);
    }
  }
  if (!isKnown) die("neither a request nor a response: %.*s", (int)(length < 200 ? length : 200), body);
  return message;
}

// A request of the server's own is answered, or it might wait for that.
static void answerServer(Peer *peer, Message message) {
  if (!message.identifier) return;
  char body[256];
  int length = snprintf(body, sizeof body, "{\"jsonrpc\":\"2.0\",\"id\":%.*s,\"result\":null}",
                        (int)message.identifierLength, message.identifier);
  if (length >= (int)sizeof body) die("the server's own id is too long");
  sendMessage(peer, body, (size_t)length);
}

typedef struct {
  long identifier;
  size_t length;
  // Of an error; 0 for a result.
  long code;
} Answer;

// The next answer among the frames that were read; false when there is none yet.
static bool takeAnswer(Peer *peer, Answer *answer) {
  const char *body;
  size_t length;
  while (takeFrame(peer, &body, &length)) {
    Message message = look(body, length);
    if (!message.isResponse) {
      answerServer(peer, message);
      continue;
    }
    if (!message.identifier) die("an answer without an id: %.*s", (int)(length < 200 ? length : 200), body);
    *answer = (Answer){strtol(message.identifier, NULL, 10), length, message.code};
    return true;
  }
  return false;
}

static Answer waitForAnswer(Peer *peer, long identifier) {
  Answer answer;
  while (!takeAnswer(peer, &answer)) fill(peer);
  if (answer.identifier != identifier) die("an answer to %ld, not to %ld", answer.identifier, identifier);
  return answer;
}

static Answer call(Peer *peer, long identifier, const char *method, const char *params) {
  char body[1024];
  int length = snprintf(body, sizeof body, "{\"jsonrpc\":\"2.0\",\"id\":%ld,\"method\":\"%s\",\"params\":%s}", identifier,
                        method, params);
  sendMessage(peer, body, (size_t)length);
  return waitForAnswer(peer, identifier);
}

static void notify(Peer *peer, const char *method) {
  char body[256];
  int length = snprintf(body, sizeof body, "{\"jsonrpc\":\"2.0\",\"method\":\"%s\",\"params\":{}}", method);
  sendMessage(peer, body, (size_t)length);
}

// ---------------------------------------------------------------------------------------------------------------------
// Connecting

static void initialize(Peer *peer) {
  char params[128];
  snprintf(params, sizeof params, "{\"processId\":%d,\"rootUri\":null,\"capabilities\":{}}", (int)getpid());
  if (call(peer, 0, "initialize", params).code) die("initialize failed");
}

static void startServer(char **command) {
  int requests[2], answers[2];
  if (pipe(requests) || pipe(answers)) die("no pipes: %s", strerror(errno));
  server = fork();
  if (server < 0) die("no process: %s", strerror(errno));
  if (server == 0) {
    dup2(requests[0], 0);
    dup2(answers[1], 1);
    for (int fd = 0; fd < 2; fd++) close(requests[fd]), close(answers[fd]);
    // What it logs goes nowhere, which costs it least.
    int own = fcntl(2, F_DUPFD_CLOEXEC, 3), nowhere = open("/dev/null", O_WRONLY);
    if (nowhere >= 0) dup2(nowhere, 2);
    execvp(command[0], command);
    dprintf(own, "driver: %s: %s\n", command[0], strerror(errno));
    _exit(127);
  }
  close(requests[0]);
  close(answers[1]);
  peers[0] = (Peer){.in = answers[0], .out = requests[1]};
  peerCount = 1;
}

static void connectTo(int port, int count) {
  if (count < 1 || count > maximumPeers) die("1 to %d connections", maximumPeers);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  for (peerCount = 0; peerCount < count; peerCount++) {
    int connection = socket(AF_INET, SOCK_STREAM, 0), yes = 1;
    if (connection < 0 || connect(connection, (struct sockaddr *)&address, sizeof address))
      die("no connection: %s", strerror(errno));
    setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    peers[peerCount] = (Peer){.in = connection, .out = connection};
  }
}

// ---------------------------------------------------------------------------------------------------------------------
// Measurements

static int compare(const void *left, const void *right) {
  uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;
  return (a > b) - (a < b);
}

static double quantile(const uint64_t *sorted, long count, double share) {
  long index = (long)(share * (double)count);
  return (double)sorted[index < count ? index : count - 1] / 1e3;
}

typedef struct {
  const char *method, *params;
  long count;
  int window;
  // Of all peers: when request number `n` was sent, then how long its answer took. In nanoseconds.
  uint64_t *times;
  size_t answerBytes;
  // The last error's code; 0 when there was none.
  long code, errors;
} Work;

// Sends what the window has room for, with one write. Ids are the places in `times`.
static void sendMore(Peer *peer, Work *work) {
  static char buffer[1 << 20];
  size_t used = 0;
  long first = (peer - peers) * work->count;
  while (peer->sent < work->count && peer->sent - peer->answered < work->window && used < sizeof buffer - 4096) {
    char body[2048];
    int length = snprintf(body, sizeof body, "{\"jsonrpc\":\"2.0\",\"id\":%ld,\"method\":\"%s\",\"params\":%s}",
                          first + peer->sent, work->method, work->params);
    if (length >= (int)sizeof body) die("the params are too long");
    used += (size_t)snprintf(buffer + used, 64, "Content-Length: %d\r\n\r\n", length);
    memcpy(buffer + used, body, (size_t)length);
    used += (size_t)length;
    work->times[first + peer->sent++] = now();
  }
  if (used) sendAll(peer, buffer, used);
}

static void takeAnswers(Peer *peer, Work *work) {
  Answer answer;
  while (takeAnswer(peer, &answer)) {
    if (answer.identifier < 0 || answer.identifier >= work->count * peerCount) die("an id that was never sent");
    work->times[answer.identifier] = now() - work->times[answer.identifier];
    work->answerBytes = answer.length;
    work->errors += answer.code != 0;
    if (answer.code) work->code = answer.code;
    peer->answered++;
  }
}

static void runOne(Work *work) {
  Peer *peer = &peers[0];
  while (peer->answered < work->count) {
    sendMore(peer, work);
    fill(peer);
    takeAnswers(peer, work);
  }
}

static void runSeveral(Work *work) {
  struct pollfd polls[maximumPeers];
  for (int index = 0; index < peerCount; index++) {
    polls[index] = (struct pollfd){.fd = peers[index].in, .events = POLLIN};
    sendMore(&peers[index], work);
  }
  for (long remaining = peerCount; remaining;) {
    if (poll(polls, (nfds_t)peerCount, -1) < 0) die("poll: %s", strerror(errno));
    for (int index = 0; index < peerCount; index++) {
      if (!polls[index].revents) continue;
      fill(&peers[index]);
      takeAnswers(&peers[index], work);
      sendMore(&peers[index], work);
      if (peers[index].answered < work->count) continue;
      polls[index].fd = -1;
      remaining--;
    }
  }
}

static void measureRequests(long count, int window, const char *method, const char *params) {
  if (count < 1 || window < 1) die("count and window are at least 1");
  long total = count * peerCount;
  Work work = {method, params, count, window, allocate((size_t)total * sizeof(uint64_t)), 0, 0, 0};
  for (int index = 0; index < peerCount; index++) peers[index].sent = peers[index].answered = 0;
  uint64_t start = now();
  if (peerCount == 1) runOne(&work);
  else runSeveral(&work);
  double seconds = (double)(now() - start) / 1e9;
  qsort(work.times, (size_t)total, sizeof(uint64_t), compare);
  printf("{\"requests\":%ld,\"p50\":%.2f,\"p95\":%.2f,\"p99\":%.2f,\"max\":%.2f,\"perSecond\":%.0f,", total,
         quantile(work.times, total, 0.5), quantile(work.times, total, 0.95), quantile(work.times, total, 0.99),
         quantile(work.times, total, 1), (double)total / seconds);
  printf("\"answerBytes\":%zu,\"errors\":%ld,\"code\":%ld}\n", work.answerBytes, work.errors, work.code);
  free(work.times);
}

static void measureLarge(size_t bytes, const char *shape, const char *method) {
  bool isText = strcmp(shape, "text") == 0;
  // The header goes in front of the body when its length is known, so that no copy is part of the time.
  enum { headerRoom = 64 };
  char *frame = allocate(headerRoom + bytes + 256), *body = frame + headerRoom;
  size_t used = (size_t)sprintf(body, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"%s\",\"params\":{\"value\":%s", method,
                                isText ? "\"" : "[0");
  while (used + 8 < bytes) used += (size_t)sprintf(body + used, isText ? "abcdef " : ",12345");
  used += (size_t)sprintf(body + used, isText ? "\"}}" : "]}}");
  char header[headerRoom];
  size_t headerLength = (size_t)snprintf(header, sizeof header, "Content-Length: %zu\r\n\r\n", used);
  memcpy(body - headerLength, header, headerLength);
  uint64_t start = now(), startOfServer = serverTime();
  sendAll(&peers[0], body - headerLength, headerLength + used);
  Answer answer = waitForAnswer(&peers[0], 1);
  printf("{\"milliseconds\":%.3f,\"processorMilliseconds\":%.3f,\"bytes\":%zu,\"code\":%ld}\n",
         (double)(now() - start) / 1e6, (double)(serverTime() - startOfServer) / 1e6, used, answer.code);
  free(frame);
}

static void finish(void) {
  int status = 0;
  if (server) waitpid(server, &status, 0);
  printf("{\"exitCode\":%d}\n", WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
}

static void end(void) {
  for (int index = 0; index < peerCount; index++) {
    if (call(&peers[index], 1, "shutdown", "null").code) die("shutdown failed");
    notify(&peers[index], "exit");
    close(peers[index].out);
  }
  finish();
}

static void serveCommands(void) {
  static char line[4096];
  while (fgets(line, sizeof line, stdin)) {
    alarm(limitSeconds);
    line[strcspn(line, "\n")] = 0;
    char method[256], params[2048], shape[16];
    long count;
    int window;
    if (sscanf(line, "requests %ld %d %255s %2047[^\n]", &count, &window, method, params) == 4)
      measureRequests(count, window, method, params);
    else if (sscanf(line, "large %ld %15s %255s", &count, shape, method) == 3)
      measureLarge((size_t)count, shape, method);
    else if (strcmp(line, "end") == 0) {
      end();
      return;
    } else if (strcmp(line, "kill") == 0) {
      if (server) kill(server, SIGKILL);
      finish();
      return;
    } else
      die("no such command: %s", line);
    fflush(stdout);
    alarm(0);
  }
}

int main(int count, char **arguments) {
  signal(SIGPIPE, SIG_IGN);
  if (count < 2) die("usage: driver COMMAND … | driver --tcp PORT CONNECTIONS");
  alarm(limitSeconds);
  uint64_t start = now();
  if (strcmp(arguments[1], "--tcp") == 0 && count == 4) connectTo(atoi(arguments[2]), atoi(arguments[3]));
  else startServer(arguments + 1);
  for (int index = 0; index < peerCount; index++) initialize(&peers[index]);
  double milliseconds = (double)(now() - start) / 1e6;
  for (int index = 0; index < peerCount; index++) notify(&peers[index], "initialized");
  printf("{\"initializeMilliseconds\":%.3f,\"processId\":%d}\n", milliseconds, (int)server);
  fflush(stdout);
  alarm(0);
  serveCommands();
  return 0;
}
