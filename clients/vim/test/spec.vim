vim9script
# Run by `run`: each test in turn. Vim exits with 1 when one failed.

const folder = $LLMBENCH_TEST_FOLDER
const recording = $'model=replay/{folder}/answers.jsonl'
const slow = 'model=openai-compatible/fake baseURL=' .. readfile(folder .. '/slow')[0]

var report: list<string> = []
var failed = 0

def WaitFor(what: string, Condition: func(): bool)
  for _ in range(3000)
    if Condition()
      return
    endif
    sleep 10m
  endfor
  throw $'gave up waiting for {what}; messages: {execute("messages")}'
enddef

def Shown(): string
  return getline(1, '$')->join("\n")
enddef

def Matches(text: string, pattern: string)
  if text !~# pattern
    throw $'{string(text)} does not match {pattern}'
  endif
enddef

def WaitForBuffer(pattern: string)
  WaitFor('the buffer ' .. pattern, () => bufname() =~# pattern)
enddef

def WaitForMessage(pattern: string)
  WaitFor('the message ' .. pattern, () => execute('messages') =~# pattern)
enddef

var tests: dict<func()> = {}

tests['1 the command completes its words, the suites and the options'] = () => {
  Matches(string(getcompletion('LLMBench r', 'cmdline')), "^\\['results', 'run'\\]$")
  Matches(string(getcompletion('LLMBench run sor', 'cmdline')), "^\\['sorting'\\]$")
  Matches(string(getcompletion('LLMBench run sorting siz', 'cmdline')), "^\\['sizes='\\]$")
}

tests['2 a run shows its progress and ends with the score'] = () => {
  execute 'LLMBench run sorting sizes=4,5 samples=2' recording
  Matches(llmbench#Status(), '^sorting starting')
  if len(popup_list()) != 1
    throw 'no popup'
  endif
  WaitFor('the end of the run', () => empty(llmbench#Status()))
  Matches(g:llmbench#last.summary.status, '^completed$')
  Matches(execute('messages'), 'completed: replay/.* 1\.000')
  if !empty(popup_list())
    throw 'the popup is still there'
  endif
}

tests['3 the results open a report'] = () => {
  LLMBench results
  WaitForBuffer('llmbench://results$')
  Matches(Shown(), 'sorting \+completed \+4/4  replay/.* 1\.000')
  execute "normal \<CR>"
  WaitForBuffer('llmbench://report/')
  Matches(Shown(), 'sorting')
  normal q
  normal q
  Matches(string(winnr('$')), '^1$')
}

tests['4 a run shows how far it is, is cancelled, and what ended is stored'] = () => {
  execute 'LLMBench run sorting sizes=4 samples=5 concurrency=1' slow
  WaitFor('two answers', () => llmbench#Status() =~# '2 of 5')
  Matches(getbufline(winbufnr(popup_list()[0]), 1, '$')->join("\n"), '2 of 5\n\[========            \]')
  execute 'LLMBench run sorting sizes=4' recording
  WaitForMessage('a run is under way')
  LLMBench cancel
  WaitFor('the end of the run', () => empty(llmbench#Status()))
  Matches(string(g:llmbench#last.error.code), '^-32800$')
  Matches(string(g:llmbench#last.error.data.completedSamples), '^2$')
  WaitForMessage('was cancelled; 2 of 5 samples are stored')
  LLMBench cancel
  WaitForMessage('no run is under way')
}

tests['5 the doctor shows its checks'] = () => {
  LLMBench doctor
  WaitForBuffer('llmbench://doctor$')
  Matches(Shown(), 'ok \+database')
  normal q
}

tests['6 what is typed wrong is told, and what the server refuses'] = () => {
  for [line, pattern] in [
      ['LLMBench dance', 'there is no "dance"'],
      ['LLMBench run', 'name a suite: .*sorting'],
      ['LLMBench run juggling model=local/x', 'name a suite: .*sorting'],
      ['LLMBench run sorting', 'name a model'],
      ['LLMBench run sorting model', 'write NAME=VALUE'],
      ['LLMBench run sorting model=local/x sizes=ten', '"ten" is no number'],
      ['LLMBench run sorting model=local/x colour=red', 'there is no "colour"'],
      ['LLMBench run sorting model=nobody/x', 'nobody']]
    messages clear
    execute line
    WaitForMessage(pattern)
    WaitFor('no run', () => empty(llmbench#Status()))
  endfor
}

tests['7 a server that dies in a run ends the run, and the next command starts another'] = () => {
  llmbench#Stop()
  writefile(['#!/bin/sh', $'echo $$ >"{folder}/pid"', 'exec "$LLMBENCH" "$@"'], folder .. '/mortal')
  setfperm(folder .. '/mortal', 'rwx------')
  g:llmbench_command = [folder .. '/mortal', 'serve', '--stdio']
  execute 'LLMBench run sorting sizes=4 samples=5' slow
  WaitFor('the begin of the run', () => llmbench#Status() =~# 'of 5')
  system('kill -9 ' .. readfile(folder .. '/pid')[0])
  WaitForMessage('the server ended with code')
  Matches(llmbench#Status(), '^$')
  LLMBench doctor
  WaitForBuffer('llmbench://doctor$')
  normal q
}

tests['8 a program that is not there is named'] = () => {
  llmbench#Stop()
  g:llmbench_command = ['/nowhere/llmbench']
  LLMBench doctor
  WaitForMessage('there is no program /nowhere/llmbench')
}

tests['9 the server ends with the editor, in the middle of a run'] = () => {
  writefile(['#!/bin/sh', '"$LLMBENCH" "$@"', $'echo $? >"{folder}/code"'], folder .. '/counted')
  setfperm(folder .. '/counted', 'rwx------')
  g:llmbench_command = [folder .. '/counted', 'serve', '--stdio']
  execute 'LLMBench run sorting sizes=4 samples=5' slow
  WaitFor('the begin of the run', () => llmbench#Status() =~# 'of 5')
  doautocmd VimLeavePre
  WaitFor('the exit code', () => filereadable(folder .. '/code') && len(readfile(folder .. '/code')) > 0)
  Matches(readfile(folder .. '/code')[0], '^0$')
}

for name in sort(keys(tests))
  messages clear
  try
    tests[name]()
    report->add('pass  ' .. name[2 :])
  catch
    failed += 1
    report->add('FAIL  ' .. name[2 :])
    report->add($'      {v:exception} at {v:throwpoint}')
  endtry
endfor
report->add($'{len(tests) - failed} passed, {failed} failed')
writefile(report, folder .. '/report')
if failed > 0
  cquit! 1
endif
qall!
