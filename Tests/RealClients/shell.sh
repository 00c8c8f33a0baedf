#!/usr/bin/env bash
# printf, jq, and over TCP curl, nc and bash's own sockets: one JSON value a line, no handshake.
set -euo pipefail

limit=60

fail() {
  printf 'does not hold: %s\n' "$*" >&2
  exit 1
}

# check CLAIM JQ-ARGUMENT…: what stands on standard input must make the filter true.
check() {
  local claim=$1 text
  shift
  text=$(cat)
  jq -e "$@" >/dev/null <<<"$text" || fail "$claim: $text"
}

# call ID METHOD [PARAMS]
call() { printf '{"jsonrpc":"2.0","id":%s,"method":"%s","params":%s}\n' "$1" "$2" "${3:-null}"; }

fast=$(jq -cn '{suite: "sorting", models: [env.RECORDED_MODEL], options: {sizes: [5], samples: 6},
  workDoneToken: "fast"}')
slow=$(jq -cn '{suite: "sorting", models: ["openai-compatible/slow"], baseURL: env.SLOW_URL,
  options: {sizes: [5], samples: 4}, concurrency: 1, workDoneToken: "slow"}')

# --- One shot: all requests in a pipe, all answers out of it.

# check_one_shot COMMAND…: which gets the requests and, where it does not end with its input, `exit` from $farewell.
check_one_shot() {
  local answers
  answers=$({
    call 1 benchmark.list
    call 2 no.such
    printf '[%s,%s]\n' "$(call '"a"' models.list)" '{"jsonrpc":"2.0","method":"$/unknown"}'
    printf '%s' "${farewell:-}"
  } | "$@") || fail "$* ends with code 0"
  check "every request is answered, the batch with an array" -s \
    'length == 3 and (map(arrays | length) == [1])' <<<"$answers"
  check "the suites are listed" -s 'any(.[] | objects; .id == 1 and (.result.suites | length > 0))' <<<"$answers"
  check "an unknown method is refused" -s 'any(.[] | objects; .id == 2 and .error.code == -32601)' <<<"$answers"
  check "the batch has its answer" -s 'any(.[] | arrays; .[0].id == "a" and .[0].result.providers)' <<<"$answers"
}

# --- A conversation: the answers are read as they come. $1 and $2 are the descriptors to write to and to read from.

converse() {
  local out=$1 in=$2 line
  # next: the next message into `line`.
  next() { read -r -t "$limit" -u "$in" line || fail "another line comes"; }

  call 1 initialize '{"processId":null,"capabilities":{}}' >&"$out"
  next
  check "the server tells its name" '.id == 1 and .result.serverInfo.name == "llmbench"' <<<"$line"
  printf '{"jsonrpc":"2.0","method":"initialized","params":{}}\n' >&"$out"

  local lines=
  call 2 benchmark.run "$fast" >&"$out"
  until next && lines+=$line$'\n' && jq -e '.id == 2' <<<"$line" >/dev/null; do :; done
  check "begin, reports, end, answer" -s '
    map(.params.value.kind // "answer")
    | .[0] == "begin" and .[-2:] == ["end", "answer"] and length > 3 and (.[1:-2] | unique == ["report"])' <<<"$lines"
  check "the run is complete and right" '.result.status == "completed" and .result.models[0].passed == 6' <<<"$line"

  call 3 no.such >&"$out"
  next
  check "an unknown method is refused" '.id == 3 and .error.code == -32601' <<<"$line"

  call '"slow"' benchmark.run "$slow" >&"$out"
  until next && jq -e '.params.value.completed == 1' <<<"$line" >/dev/null; do
    check "the slow run is not answered by itself" 'has("id") | not' <<<"$line"
  done
  printf '{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":"slow"}}\n' >&"$out"
  until next && jq -e 'has("id")' <<<"$line" >/dev/null; do :; done
  check "the cancelled run is answered with -32800, its sample kept" \
    '.id == "slow" and .error.code == -32800 and .error.data.completedSamples == 1' <<<"$line"

  call 5 shutdown >&"$out"
  next
  check "shutdown is answered with null" '.id == 5 and has("result") and .result == null' <<<"$line"
  printf '{"jsonrpc":"2.0","method":"exit"}\n' >&"$out"
  ! read -r -t "$limit" -u "$in" line || fail "nothing comes after exit: $line"
}

stdio() {
  check_one_shot "$LLMBENCH" serve --stdio
  local server
  coproc server { exec "$LLMBENCH" serve --stdio; }
  # shellcheck disable=SC2154 # coproc sets it
  local child=$server_PID code=0
  # bash closes its own ends when the child is gone.
  exec {to}>&"${server[1]}" {from}<&"${server[0]}"
  converse "$to" "$from"
  wait "$child" || code=$?
  ((code == 0)) || fail "the exit code is 0, not $code"
}

tcp() {
  check_one_shot nc -N 127.0.0.1 "$PORT"
  farewell='{"jsonrpc":"2.0","method":"exit"}'$'\n' check_one_shot \
    timeout "$limit" curl --silent --no-buffer "telnet://127.0.0.1:$PORT"
  # An HTTP request, as a web page could have a browser send one, gets no answer and has no effect.
  local answer
  answer=$(call 1 benchmark.list | curl --silent --max-time "$limit" --http0.9 --header 'Content-Type: text/plain' \
    --data-binary @- "http://127.0.0.1:$PORT/") && fail "HTTP is refused: $answer"
  [[ -z $answer ]] || fail "HTTP gets no answer: $answer"
  exec {socket}<>"/dev/tcp/127.0.0.1/$PORT"
  converse "$socket" "$socket"
}

"$TRANSPORT"
