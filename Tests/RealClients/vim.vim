" Vim 9: a channel in `lsp` mode, over a job's pipes or a socket. Header framing with Content-Type, ids that are numbers.

let s:limit = 60000
let s:seen = []

func s:Check(condition, claim)
  if !a:condition
    throw 'does not hold: ' .. a:claim
  endif
endfunc

func s:Note(channel, message)
  call add(s:seen, a:message)
endfunc

" Waits until the messages seen make `Condition` true.
func s:WaitFor(Condition, claim)
  let start = reltime()
  while !a:Condition()
    call s:Check(reltimefloat(reltime(start)) * 1000 < s:limit, a:claim)
    sleep 10m
  endwhile
endfunc

func s:Call(method, params)
  let answer = ch_evalexpr(s:channel, #{method: a:method, params: a:params}, #{timeout: s:limit})
  call s:Check(type(answer) == v:t_dict, a:method .. ' is answered')
  return answer
endfunc

" Sends a request whose answer comes among the notifications, in the order of the stream; returns its id.
func s:Start(method, params)
  return ch_sendexpr(s:channel, #{method: a:method, params: a:params}, #{callback: function('s:Note')}).id
endfunc

func s:Answers(id)
  return filter(copy(s:seen), {_, m -> !has_key(m, 'method') && get(m, 'id') == a:id})
endfunc

func s:Progress(token)
  return map(filter(copy(s:seen), {_, m -> get(m, 'method', '') ==# '$/progress' && m.params.token ==# a:token}),
        \ {_, m -> m.params.value})
endfunc

func s:Connect()
  if $TRANSPORT ==# 'tcp'
    let s:channel = ch_open('127.0.0.1:' .. $PORT, #{mode: 'lsp', callback: function('s:Note'), waittime: s:limit})
    call s:Check(ch_status(s:channel) ==# 'open', 'the port can be connected to')
  else
    let s:job = job_start([$LLMBENCH, 'serve', '--stdio'],
          \ #{in_mode: 'lsp', out_mode: 'lsp', out_cb: function('s:Note'), err_mode: 'nl'})
    let s:channel = job_getchannel(s:job)
  endif
endfunc

func s:RunFast()
  let options = #{sizes: [5], samples: 6}
  let id = s:Start('benchmark.run',
        \ #{suite: 'sorting', models: [$RECORDED_MODEL], options: options, workDoneToken: 'fast'})
  call s:WaitFor({-> !empty(s:Answers(id))}, 'the run is answered')
  let run = s:Answers(id)[0].result
  call s:Check(run.status ==# 'completed' && run.models[0].passed == 6, 'the run is complete and right')
  call s:Check(get(s:seen[-1], 'id') == id, 'nothing comes after the answer')
  let kinds = map(s:Progress('fast'), {_, v -> v.kind})
  call s:Check(len(kinds) > 2 && kinds[0] ==# 'begin' && kinds[-1] ==# 'end', 'begin comes first, end last')
  call s:Check(uniq(kinds[1:-2]) ==# ['report'], 'reports come between them')
  call s:Check(s:Progress('fast')[-2].completed == 6, 'the last report counts all samples')
endfunc

func s:CancelSlow()
  let options = #{sizes: [5], samples: 4}
  let id = s:Start('benchmark.run', #{suite: 'sorting', models: ['openai-compatible/slow'], baseURL: $SLOW_URL,
        \ options: options, concurrency: 1, workDoneToken: 'slow'})
  call s:WaitFor({-> !empty(filter(s:Progress('slow'), {_, v -> get(v, 'completed', 0) == 1}))},
        \ 'the slow run reports its first sample')
  call s:Check(empty(s:Answers(id)), 'the slow run is not answered by itself')
  call ch_sendexpr(s:channel, #{method: '$/cancelRequest', params: #{id: id}})
  call s:WaitFor({-> !empty(s:Answers(id))}, 'the cancelled run is answered')
  let error = s:Answers(id)[0].error
  call s:Check(error.code == -32800, 'the cancelled run is answered with -32800')
  call s:Check(error.data.completedSamples == 1, 'its sample is kept')
endfunc

func s:Main()
  call s:Connect()
  let welcome = s:Call('initialize', #{processId: getpid(), capabilities: {}})
  call s:Check(welcome.result.serverInfo.name ==# 'llmbench', 'the server tells its name')
  call ch_sendexpr(s:channel, #{method: 'initialized', params: {}})
  call s:RunFast()
  call s:Check(s:Call('no.such', {}).error.code == -32601, 'an unknown method is refused')
  call s:CancelSlow()
  let answer = ch_evalexpr(s:channel, #{method: 'shutdown'}, #{timeout: s:limit})
  call s:Check(has_key(answer, 'result') && answer.result == v:null, 'shutdown is answered with null')
  call ch_sendexpr(s:channel, #{method: 'exit'})
  call s:WaitFor({-> ch_status(s:channel) ==# 'closed'}, 'the server ends the stream after exit')
  if $TRANSPORT ==# 'stdio'
    call s:WaitFor({-> job_status(s:job) ==# 'dead'}, 'the server ends after exit')
    call s:Check(job_info(s:job).exitval == 0, 'the exit code is 0')
  endif
endfunc

try
  call s:Main()
catch
  call writefile([v:exception, v:throwpoint], '/dev/stderr', 'a')
  cquit 1
endtry
qa!
