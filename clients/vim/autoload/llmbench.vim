vim9script
# Benchmarks of language models from Vim 9: an example of a client on Vim's own channels in `lsp` mode.
#
#   :LLMBench run SUITE model=PROVIDER/MODEL [NAME=VALUE …]      :LLMBench cancel
#   :LLMBench results                                            :LLMBench doctor
#
# g:llmbench_command is the program, as a list with its arguments.

const patience = 5000 # milliseconds for the answers that are waited for

var server: job
var channel: channel
var suites: list<dict<any>> = [] # as benchmark.list gives them
var run: dict<any> = {}          # under way: suite, id, message, percentage
var errors: list<string> = []    # the last lines of the server's log
var box = 0                      # the popup that shows progress

# What others may look at: the last run that ended, as {summary: …} or {error: …}.
export var last: dict<any> = {}

def Say(text: string)
  echomsg 'llmbench: ' .. text
enddef

def Complain(text: string)
  echohl ErrorMsg
  Say(text)
  echohl None
enddef

# The server ----------------------------------------------------------------------------------------------------------

def Connect()
  if job_status(server) == 'run'
    return
  endif
  errors = []
  suites = []
  const program = empty($LLMBENCH) ? 'llmbench' : $LLMBENCH
  const command: list<string> = get(g:, 'llmbench_command', [program, 'serve', '--stdio'])
  if !executable(command[0])
    throw $'llmbench: there is no program {command[0]}. Put it on PATH, or its path into LLMBENCH or g:llmbench_command.'
  endif
  server = job_start(command, {
    in_mode: 'lsp', out_mode: 'lsp', err_mode: 'nl',
    out_cb: Notified,
    err_cb: (_, line) => {
      errors = (errors + [line])[-5 :]
    },
    exit_cb: Exited,
    stoponexit: 'term',
  })
  channel = job_getchannel(server)
  Wait('initialize', {processId: getpid(), clientInfo: {name: 'vim'}, capabilities: {}})
  ch_sendexpr(channel, {method: 'initialized', params: {}})
enddef

# The result of a request that is waited for.
def Wait(method: string, params: dict<any>): any
  const answer = ch_evalexpr(channel, {method: method, params: params}, {timeout: patience})
  if type(answer) != v:t_dict || (!has_key(answer, 'result') && !has_key(answer, 'error'))
    throw $'llmbench: no answer to {method}. {join(errors, " ")}'
  elseif has_key(answer, 'error')
    throw 'llmbench: ' .. answer.error.message
  endif
  return answer.result
enddef

# Asks, and shows the result when it comes.
def Ask(method: string, params: dict<any>, Then: func(dict<any>))
  Connect()
  ch_sendexpr(channel, {method: method, params: params}, {callback: (_, answer) => {
    if has_key(answer, 'error')
      Complain(answer.error.message)
    else
      Then(answer.result)
    endif
  }})
enddef

def Notified(_: channel, message: dict<any>)
  if get(message, 'method', '') == '$/progress' && !empty(run) && message.params.token ==# 'run'
    const value: dict<any> = message.params.value
    if value.kind !=# 'end'
      run->extend({message: get(value, 'message', run.message), percentage: get(value, 'percentage', run.percentage)})
      Redraw()
    endif
  endif
enddef

def Exited(_: job, code: number)
  if !empty(run)
    Finished({error: {code: 0, message: $'the server ended with code {code}. {join(errors, " ")}'}})
  endif
enddef

# Runs ----------------------------------------------------------------------------------------------------------------

# The parameters of benchmark.run from `SUITE NAME=VALUE…`.
def Request(words: list<string>): dict<any>
  if empty(suites)
    suites = Wait('benchmark.list', {}).suites
  endif
  const found = suites->copy()->filter((_, suite) => suite.name ==# get(words, 0, ''))
  if empty(found)
    throw 'llmbench: name a suite: ' .. suites->copy()->map((_, suite) => suite.name)->join(', ')
  endif
  var kinds: dict<string> = {}
  for option in found[0].options
    kinds[option.name] = option.kind
  endfor
  var request: dict<any> = {suite: words[0], models: [], workDoneToken: 'run'}
  var options: dict<any> = {}
  for word in words[1 :]
    const parts = matchlist(word, '^\(\w\+\)=\(.\+\)$')
    if empty(parts)
      throw $'llmbench: "{word}": write NAME=VALUE, such as model=local/smollm2'
    endif
    const [name, value] = parts[1 : 2]
    if name ==# 'model'
      request.models->add(value)
    elseif has_key(kinds, name)
      options[name] = Value(kinds[name], value)
    else
      # The server knows the other names, and says which it does not.
      request[name] = value =~# '^-\?[0-9.]\+$' ? json_decode(value) : value
    endif
  endfor
  if empty(request.models)
    throw 'llmbench: name a model: model=PROVIDER/MODEL'
  endif
  return empty(options) ? request : request->extend({options: options})
enddef

def Value(kind: string, text: string): any
  if kind =~# 'List$'
    return text->split(',')->mapnew((_, part) => kind ==# 'stringList' ? part : Value('number', part))
  elseif kind ==# 'string'
    return text
  endif
  var value: any = null
  try
    value = json_decode(text)
  catch
    throw $'llmbench: "{text}" is no {kind}'
  endtry
  return value
enddef

def Start(words: list<string>)
  if !empty(run)
    throw 'llmbench: a run is under way: :LLMBench cancel stops it'
  endif
  Connect()
  const request = Request(words)
  run = {suite: request.suite, message: 'starting', percentage: 0}
  Redraw()
  run.id = ch_sendexpr(channel, {method: 'benchmark.run', params: request}, {callback: (_, answer) => Finished(answer)}).id
enddef

def Finished(answer: dict<any>)
  run = {}
  popup_close(box)
  box = 0
  if has_key(answer, 'error')
    last = {error: answer.error}
    Complain(answer.error.message)
  else
    last = {summary: answer.result}
    const scores = answer.result.models->mapnew((_, model) => $'{model.model} {Score(model.score)}')
    Say($'{answer.result.runId} {answer.result.status}: {join(scores, ", ")}')
  endif
  if exists('#User#LLMBenchRunEnded')
    doautocmd <nomodeline> User LLMBenchRunEnded
  endif
enddef

def Score(score: any): string
  return type(score) == v:t_float || type(score) == v:t_number ? printf('%.3f', score) : 'no score'
enddef

# How far the run is, for a status line; '' without one.
export def Status(): string
  return empty(run) ? '' : $'{run.suite} {run.message}'
enddef

def Redraw()
  const filled = float2nr(run.percentage / 5.0)
  const lines = [Status(), '[' .. repeat('=', filled) .. repeat(' ', 20 - filled) .. ']']
  if box == 0
    box = popup_create(lines, {line: &lines - &cmdheight - 1, col: &columns, pos: 'botright', border: [], padding: [0, 1, 0, 1]})
  else
    popup_settext(box, lines)
  endif
  redraw
enddef

# Results -------------------------------------------------------------------------------------------------------------

def Show(name: string, lines: list<string>, filetype = '')
  const buffer = bufadd('llmbench://' .. name)
  bufload(buffer)
  setbufvar(buffer, '&buftype', 'nofile')
  setbufvar(buffer, '&swapfile', false)
  setbufvar(buffer, '&bufhidden', 'hide')
  setbufvar(buffer, '&modifiable', true)
  silent deletebufline(buffer, 1, '$')
  setbufline(buffer, 1, lines)
  setbufvar(buffer, '&modifiable', false)
  setbufvar(buffer, '&filetype', filetype)
  if bufwinid(buffer) > 0
    win_gotoid(bufwinid(buffer))
  else
    execute 'botright sbuffer' buffer
  endif
  nnoremap <buffer> <silent> <nowait> q <Cmd>close<CR>
enddef

def Results()
  Ask('results.query', {limit: 100}, (result) => {
    Show('results', result.runs->mapnew((_, item) => {
      const scores = item.models->mapnew((_, model) => $'{model.model} {Score(model.score)}')
      return printf('%-24s %-16s %-14s %d/%d  %s', item.runId, item.suite, item.status, item.completedSamples,
        item.plannedSamples, join(scores, ', '))
    }))
    nnoremap <buffer> <silent> <nowait> <CR> <ScriptCmd>Report(getline('.')->matchstr('^\S\+'))<CR>
  })
enddef

def Report(runId: string)
  if empty(runId)
    return
  endif
  Ask('report.render', {runIds: [runId], format: 'markdown'}, (result) => {
    Show('report/' .. runId, split(result.text, "\n", true), 'markdown')
  })
enddef

def Doctor()
  Ask('system.doctor', {}, (result) => {
    Show('doctor', result.checks->mapnew((_, check) => printf('%-8s %-24s %s', check.status, check.name, check.detail)))
  })
enddef

# Commands ------------------------------------------------------------------------------------------------------------

export def Command(words: list<string>)
  try
    if words[0] ==# 'run'
      Start(words[1 :])
    elseif words[0] ==# 'cancel' && empty(run)
      Say('no run is under way')
    elseif words[0] ==# 'cancel'
      ch_sendexpr(channel, {method: '$/cancelRequest', params: {id: run.id}})
    elseif words[0] ==# 'results'
      Results()
    elseif words[0] ==# 'doctor'
      Doctor()
    else
      throw $'llmbench: there is no "{words[0]}"; there are run, cancel, results, doctor'
    endif
  catch
    Complain(v:exception->substitute('^llmbench: ', '', ''))
  endtry
enddef

export def Complete(lead: string, line: string, position: number): list<string>
  const words = split(strpart(line, 0, position), '\s\+', true)
  var candidates: list<string> = []
  if len(words) == 2
    candidates = ['cancel', 'doctor', 'results', 'run']
  elseif words[1] ==# 'run'
    try
      Connect()
      if empty(suites)
        suites = Wait('benchmark.list', {}).suites
      endif
    catch
      return []
    endtry
    if len(words) == 3
      candidates = suites->mapnew((_, suite) => suite.name)
    else
      const found = suites->copy()->filter((_, suite) => suite.name ==# words[2])
      candidates = ['model='] + (empty(found) ? [] : found[0].options->mapnew((_, option) => option.name .. '='))
    endif
  endif
  return candidates->filter((_, candidate) => stridx(candidate, lead) == 0)
enddef

# Ends the server as the protocol asks: it stores what has ended of a run.
export def Stop()
  if job_status(server) != 'run'
    return
  endif
  if !empty(run)
    ch_sendexpr(channel, {method: '$/cancelRequest', params: {id: run.id}})
  endif
  ch_evalexpr(channel, {method: 'shutdown'}, {timeout: patience})
  ch_sendexpr(channel, {method: 'exit'})
  for _ in range(100)
    if job_status(server) != 'run'
      return
    endif
    sleep 20m
  endfor
enddef

augroup llmbench
  autocmd!
  autocmd VimLeavePre * Stop()
augroup END
