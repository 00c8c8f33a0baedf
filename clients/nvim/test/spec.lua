-- Run by `run`: each test in turn; the first failure of a test ends it, and Neovim exits with 1 when one failed.
local folder = vim.env.LLMBENCH_TEST_FOLDER
local llmbench = require('llmbench')
local view = require('llmbench.view')
local patience = 30000

local messages = {}
vim.notify = function(text) table.insert(messages, text) end

local function wait_for(what, condition)
  if not vim.wait(patience, condition, 10) then
    error(('gave up waiting for %s; messages: %s'):format(what, vim.inspect(messages)), 2)
  end
end
local function has_message(pattern)
  for _, text in ipairs(messages) do
    if text:match(pattern) then return true end
  end
  return false
end
local function wait_for_message(pattern) wait_for('the message ' .. pattern, function() return has_message(pattern) end) end
local function equal(found, wanted)
  if not vim.deep_equal(found, wanted) then error(('found %s, wanted %s'):format(vim.inspect(found), vim.inspect(wanted)), 2) end
end
local function matches(text, pattern)
  if not tostring(text):find(pattern) then error(('%s does not match %s'):format(vim.inspect(text), pattern), 2) end
end
local function shown() return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n') end
local function wait_for_buffer(pattern)
  wait_for('the buffer ' .. pattern, function() return vim.api.nvim_buf_get_name(0):match(pattern) end)
end
local function press(keys) vim.api.nvim_feedkeys(vim.api.nvim_replace_termcodes(keys, true, false, true), 'x', false) end
local function floating_window()
  for _, window in ipairs(vim.api.nvim_list_wins()) do
    if vim.api.nvim_win_get_config(window).relative ~= '' then return window end
  end
end

local recording = 'model=replay/' .. folder .. '/answers.jsonl'
local slow = 'model=openai-compatible/fake baseURL=' .. vim.fn.readfile(folder .. '/slow')[1]

local tests = {}
local function test(name, body) table.insert(tests, { name = name, body = body }) end

test('the command completes its words, the suites, the options and the providers', function()
  equal(vim.fn.getcompletion('LLMBench r', 'cmdline'), { 'results', 'run' })
  equal(vim.fn.getcompletion('LLMBench run sor', 'cmdline'), { 'sorting' })
  equal(vim.fn.getcompletion('LLMBench run sorting siz', 'cmdline'), { 'sizes=' })
  matches(vim.inspect(vim.fn.getcompletion('LLMBench run sorting model=', 'cmdline')), 'model=openai/')
end)

test('a run shows its progress and ends with the score', function()
  local seen, box = {}, false
  local show = view.show_progress
  view.show_progress = function(lines)
    show(lines)
    box = box or floating_window() ~= nil
    table.insert(seen, llmbench.status())
  end
  local ended = false
  vim.api.nvim_create_autocmd('User', { pattern = 'LLMBenchRunEnded', once = true, callback = function() ended = true end })
  vim.cmd('LLMBench run sorting sizes=4,5 samples=2 ' .. recording)
  wait_for('the end of the run', function() return ended end)
  view.show_progress = show
  equal(llmbench.last().summary.status, 'completed')
  equal(llmbench.last().summary.models[1].score, 1)
  matches(messages[#messages], 'completed: .* 1%.000 %(4 of 4 passed%)')
  equal(box, true)
  equal(seen[1], 'sorting starting')
  matches(seen[#seen], '^sorting 4 of 4')
  equal(llmbench.status(), '')
  equal(floating_window(), nil)
end)

test('the results open a report and the samples', function()
  vim.cmd('LLMBench results')
  wait_for_buffer('llmbench://results$')
  matches(shown(), '^RUN')
  matches(shown(), 'sorting%s+completed%s+4/4%s+replay/.* 1%.000')
  equal(vim.bo.modifiable, false)
  press('<CR>')
  wait_for_buffer('llmbench://report/')
  equal(vim.bo.filetype, 'markdown')
  matches(shown(), 'sorting')
  press('q')
  wait_for_buffer('llmbench://results$')
  press('s')
  wait_for_buffer('llmbench://samples/')
  equal(#vim.api.nvim_buf_get_lines(0, 0, -1, false), 5)
  matches(shown(), 'passed%s+1%.000')
  press('<CR>')
  wait_for_buffer('llmbench://sample/')
  matches(shown(), '## Prompt\n\nPut these')
  press('q')
  press('q')
  press('r')
  wait_for_buffer('llmbench://results$')
  press('q')
  equal(#vim.api.nvim_list_wins(), 1)
end)

test('a run is cancelled, what ended is stored, and only one runs at a time', function()
  vim.cmd('LLMBench run sorting sizes=4 samples=5 concurrency=1 ' .. slow)
  wait_for('two answers', function() return llmbench.status():match('2 of 5') end)
  vim.cmd('LLMBench run sorting sizes=4 ' .. recording)
  matches(messages[#messages], 'a run is under way')
  vim.cmd('LLMBench cancel')
  wait_for('the end of the run', function() return llmbench.status() == '' end)
  equal(llmbench.last().error.code, -32800)
  equal(llmbench.last().error.data.completedSamples, 2)
  wait_for_message('was cancelled; 2 of 5 samples are stored')
  vim.cmd('LLMBench cancel')
  matches(messages[#messages], 'no run is under way')
end)

test('the doctor shows its checks', function()
  vim.cmd('LLMBench doctor')
  wait_for_buffer('llmbench://doctor$')
  matches(shown(), 'ok%s+database')
  press('q')
end)

test('what is typed wrong is told, and what the server refuses', function()
  local cases = {
    ['LLMBench dance'] = 'there is no "dance"; there are cancel, doctor, results, run, stop',
    ['LLMBench run'] = 'name a suite: .*sorting',
    ['LLMBench run juggling model=local/x'] = 'there is no suite "juggling"; there are .*sorting',
    ['LLMBench run sorting'] = 'name a model',
    ['LLMBench run sorting model=local/x colour=red'] = 'has no option "colour"',
    ['LLMBench run sorting model=local/x sizes=ten'] = 'sizes=ten: this is no number',
    ['LLMBench run sorting model'] = 'write NAME=VALUE',
    ['LLMBench run sorting model=nobody/x'] = 'nobody',
  }
  for line, pattern in pairs(cases) do
    messages = {}
    vim.cmd(line)
    wait_for_message(pattern)
    wait_for('no run', function() return llmbench.status() == '' end)
  end
end)

test('sizes are read as people write them', function()
  local suites = { { name = 'sorting', options = { { name = 'sizes', kind = 'integerList' }, { name = 'strict', kind = 'boolean' } } } }
  local read = require('llmbench.arguments').read
  equal(read({ 'sorting', 'model=a/b', 'model=c/d', 'sizes=100,1k,2m', 'strict=true', 'seconds=60', 'epochs=2' }, suites), {
    suite = 'sorting', models = { 'a/b', 'c/d' }, options = { sizes = { 100, 1000, 2000000 }, strict = true },
    budget = { seconds = 60 }, epochs = 2,
  })
end)

test('a server that dies in a run ends the run, and the next command starts another', function()
  local script = folder .. '/mortal'
  vim.fn.writefile({ '#!/bin/sh', 'echo $$ >"' .. folder .. '/pid"', 'exec "$LLMBENCH" "$@"' }, script)
  vim.fn.setfperm(script, 'rwx------')
  llmbench.setup({ command = script, window = false })
  vim.cmd('LLMBench run sorting sizes=4 samples=5 ' .. slow)
  wait_for('the begin of the run', function() return llmbench.status():match('of 5') end)
  equal(floating_window(), nil)
  messages = {}
  vim.loop.kill(tonumber(vim.fn.readfile(folder .. '/pid')[1]), 'sigkill')
  wait_for_message('mortal was ended by signal 9')
  equal(llmbench.status(), '')
  vim.cmd('LLMBench doctor')
  wait_for_buffer('llmbench://doctor$')
  press('q')
end)

test('a program that is not there is named', function()
  llmbench.setup({ command = '/nowhere/llmbench' })
  messages = {}
  vim.cmd('LLMBench doctor')
  matches(messages[1], '/nowhere/llmbench cannot be started')
  llmbench.setup({ command = vim.env.LLMBENCH, window = true })
end)

test('the help is found', function()
  local help = vim.fn.fnamemodify(vim.api.nvim_get_runtime_file('doc/llmbench.txt', false)[1], ':h')
  local copy = folder .. '/help/doc'
  vim.fn.mkdir(copy, 'p')
  vim.fn.writefile(vim.fn.readfile(help .. '/llmbench.txt'), copy .. '/llmbench.txt')
  vim.cmd('helptags ' .. copy)
  vim.opt.runtimepath:prepend(folder .. '/help')
  vim.cmd('help :LLMBench')
  matches(vim.api.nvim_buf_get_name(0), 'llmbench%.txt$')
  vim.cmd('close')
end)

test('the server ends with the editor, in the middle of a run', function()
  local script = folder .. '/counted'
  vim.fn.writefile({ '#!/bin/sh', '"$LLMBENCH" "$@"', 'echo $? >"' .. folder .. '/code"' }, script)
  vim.fn.setfperm(script, 'rwx------')
  llmbench.setup({ command = script })
  vim.cmd('LLMBench run sorting sizes=4 samples=5 ' .. slow)
  wait_for('the begin of the run', function() return llmbench.status():match('of 5') end)
  vim.cmd('doautocmd VimLeavePre')
  wait_for('the exit code', function() return vim.fn.filereadable(folder .. '/code') == 1 and #vim.fn.readfile(folder .. '/code') > 0 end)
  equal(vim.fn.readfile(folder .. '/code'), { '0' })
  equal(llmbench.last().error.code, -32800)
end)

local passed, failed = 0, 0
for _, case in ipairs(tests) do
  messages = {}
  local worked, problem = xpcall(case.body, debug.traceback)
  io.stdout:write(('%s  %s\n%s'):format(worked and 'pass' or 'FAIL', case.name, worked and '' or problem .. '\n'))
  if worked then passed = passed + 1 else failed = failed + 1 end
end
io.stdout:write(('%d passed, %d failed\n'):format(passed, failed))
vim.cmd(failed == 0 and 'qall!' or 'cquit! 1')
