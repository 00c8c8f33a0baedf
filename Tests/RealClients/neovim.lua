-- Neovim 0.7: vim.lsp.rpc over a job's pipes. It has no TCP of its own, so bash stands between. Empty tables go out as [].

local rpc = require('vim.lsp.rpc')
local limit = 60000
local seen, faults, ended = {}, {}, nil

local function check(condition, claim)
  if not condition then error('does not hold: ' .. claim .. '\n' .. vim.inspect(faults), 0) end
end

local function wait_for(condition, claim) check(vim.wait(limit, condition, 5), claim) end

local dispatchers = {
  notification = function(method, params) table.insert(seen, { method = method, params = params }) end,
  server_request = function() return vim.NIL, nil end,
  on_error = function(...) table.insert(faults, { ... }) end,
  on_exit = function(code, signal) ended = { code = code, signal = signal } end,
}

local client

local function call(method, params)
  local done, failure, answer = false, nil, nil
  check(client.request(method, params, function(err, result)
    table.insert(seen, { answer = method })
    done, failure, answer = true, err, result
  end), method .. ' is sent')
  wait_for(function() return done end, method .. ' is answered')
  return failure, answer
end

local function progress(token)
  local values = {}
  for _, message in ipairs(seen) do
    if message.method == '$/progress' and message.params.token == token then
      table.insert(values, message.params.value)
    end
  end
  return values
end

local function run_fast()
  local failure, run = call('benchmark.run', {
    suite = 'sorting', models = { vim.env.RECORDED_MODEL }, options = { sizes = { 5 }, samples = 6 },
    workDoneToken = 'fast',
  })
  check(failure == nil, 'the run has no error')
  check(run.status == 'completed' and run.models[1].passed == 6, 'the run is complete and right')
  -- Notifications are handled as they come, answers a turn later: what came after the answer would stand behind it.
  check(seen[#seen].answer == 'benchmark.run', 'nothing comes after the answer')
  local values = progress('fast')
  check(#values > 2 and values[1].kind == 'begin' and values[#values].kind == 'end', 'begin comes first, end last')
  for index = 2, #values - 1 do check(values[index].kind == 'report', 'reports come between them') end
  check(values[#values - 1].completed == 6, 'the last report counts all samples')
end

-- This client takes -32800 for itself and calls nobody; that an answer came it tells, and the code is in its log.
local function cancel_slow()
  local sent, id, answered, surfaced
  sent, id = client.request('benchmark.run', {
    suite = 'sorting', models = { 'openai-compatible/slow' }, baseURL = vim.env.SLOW_URL,
    options = { sizes = { 5 }, samples = 4 }, concurrency = 1, workDoneToken = 'slow',
  }, function() surfaced = true end, function() answered = true end)
  check(sent, 'the slow run is sent')
  wait_for(function()
    for _, value in ipairs(progress('slow')) do if value.completed == 1 then return true end end
    return false
  end, 'the slow run reports its first sample')
  check(not answered, 'the slow run is not answered by itself')
  client.notify('$/cancelRequest', { id = id })
  wait_for(function() return answered end, 'the cancelled run is answered')
  vim.wait(50)
  check(not surfaced, 'the client takes the answer for that of a cancelled request')
  local log = table.concat(vim.fn.readfile(vim.lsp.get_log_path()), '\n')
  local acknowledgement = log:match('Received cancellation ack[^\n]*.*')
  check(acknowledgement and acknowledgement:find('code = %-32800') and acknowledgement:find('id = ' .. id),
    'the cancelled run is answered with -32800')
  check(acknowledgement:find('completedSamples = 1'), 'its sample is kept')
end

local function main()
  vim.lsp.set_log_level('debug')
  if vim.env.TRANSPORT == 'tcp' then
    -- Unlike nc it ends when the server ends the connection, although this side's end is open.
    local carry = 'exec 3<>/dev/tcp/127.0.0.1/$PORT; cat <&0 >&3 & cat <&3; kill $!'
    client = rpc.start('bash', { '-c', carry }, dispatchers)
  else
    client = rpc.start(vim.env.LLMBENCH, { 'serve', '--stdio' }, dispatchers)
  end
  check(client, 'the server starts')
  local failure, welcome = call('initialize', { processId = vim.loop.getpid(), capabilities = vim.empty_dict() })
  check(failure == nil and welcome.serverInfo.name == 'llmbench', 'the server tells its name')
  client.notify('initialized', vim.empty_dict())
  local _, listing = call('benchmark.list', {})
  check(listing and #listing.suites > 0, 'an empty table is taken for no parameters')
  run_fast()
  local refusal = call('no.such', {})
  check(refusal and refusal.code == -32601, 'an unknown method is refused')
  cancel_slow()
  local trouble, nothing = call('shutdown', nil)
  check(trouble == nil and (nothing == nil or nothing == vim.NIL), 'shutdown is answered with null')
  client.notify('exit', nil)
  wait_for(function() return ended end, 'the server ends after exit')
  check(ended.code == 0 and ended.signal == 0, 'the exit code is 0')
  check(#faults == 0, 'the client found no fault')
end

local fine, message = pcall(main)
if not fine then
  io.stderr:write(tostring(message), '\n')
  vim.cmd('cquit 1')
end
vim.cmd('qa!')
