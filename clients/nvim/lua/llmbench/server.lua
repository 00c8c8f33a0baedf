-- A server as a child process: JSON-RPC 2.0, one message a line, over its standard input and output.
local uv = vim.uv or vim.loop

local Server = {}
Server.__index = Server

local stderr_tail = 4096 -- characters of the child's last words that are kept

--- Starts the program.
---@param command string[] the program and its arguments
---@return table|nil server, string|nil problem
function Server.start(command)
  local self = setmetatable({
    next_id = 1,
    pending = {}, -- callbacks by the request's id
    receivers = {}, -- callbacks by the progress token
    parts = {}, -- of a line that has not ended yet
    stderr = '',
    is_open = true,
    stdin = uv.new_pipe(false),
    stdout = uv.new_pipe(false),
    stderr_pipe = uv.new_pipe(false),
  }, Server)
  local handle, problem = uv.spawn(command[1], {
    args = vim.list_slice(command, 2),
    stdio = { self.stdin, self.stdout, self.stderr_pipe },
  }, function(code, signal)
    self.exit = { code = code, signal = signal }
    self.handle:close()
    self:_close_when_done()
  end)
  if not handle then
    for _, pipe in ipairs({ self.stdin, self.stdout, self.stderr_pipe }) do pipe:close() end
    return nil, ('%s cannot be started: %s. Set its path with require("llmbench").setup{command = …}.'):format(command[1], problem)
  end
  self.handle = handle
  self.name = command[1]
  self.stdout:read_start(function(_, data)
    if data then return self:_receive(data) end
    self.stdout:close()
    self.has_ended = true
    self:_close_when_done()
  end)
  self.stderr_pipe:read_start(function(_, data)
    if data then
      self.stderr = (self.stderr .. data):sub(-stderr_tail)
    else
      self.stderr_pipe:close()
    end
  end)
  return self
end

--- Sends a request. `handlers.done(error, result)` is called once; `handlers.progress(value)` and
--- `handlers.partial(value)` while it is under way. All on the main loop.
---@return integer|nil id to cancel it with
function Server:request(method, params, handlers)
  if not self.is_open then
    vim.schedule(function() handlers.done({ message = self:_obituary() }) end)
    return nil
  end
  local id = self.next_id
  self.next_id = id + 1
  params = vim.tbl_extend('force', {}, params or {})
  local tokens = {}
  for member, callback in pairs({ workDoneToken = handlers.progress, partialResultToken = handlers.partial }) do
    local token = member .. id
    params[member] = token
    self.receivers[token] = callback
    table.insert(tokens, token)
  end
  self.pending[id] = function(problem, result)
    for _, token in ipairs(tokens) do self.receivers[token] = nil end
    handlers.done(problem, result)
  end
  self:_send({ jsonrpc = '2.0', id = id, method = method, params = next(params) and params or nil })
  return id
end

--- Asks for the end of a request; its answer still comes.
function Server:cancel(id)
  if self.pending[id] then self:_send({ jsonrpc = '2.0', method = '$/cancelRequest', params = { id = id } }) end
end

--- A request that is waited for, at most so many milliseconds.
---@return table|nil error, any result
function Server:call(method, params, milliseconds)
  local is_done, problem, result = false, nil, nil
  self:request(method, params, { done = function(...)
    is_done, problem, result = true, ...
  end })
  if not vim.wait(milliseconds, function() return is_done end, 5) then
    return { message = ('%s gave no answer to %s'):format(self.name, method) }
  end
  return problem, result
end

--- Ends the server: it cancels what is under way and stores what ended.
function Server:stop(milliseconds)
  if not self.is_open then return end
  for id in pairs(self.pending) do self:cancel(id) end
  self:call('shutdown', nil, milliseconds)
  if not self.is_open then return end
  self:_send({ jsonrpc = '2.0', method = 'exit' })
  self.stdin:shutdown()
  if not vim.wait(milliseconds, function() return self.exit ~= nil end, 5) and self.handle:is_active() then
    self.handle:kill('sigterm')
  end
end

function Server:_send(message)
  if self.is_open then self.stdin:write(vim.json.encode(message) .. '\n') end
end

-- Runs outside the main loop: may call nothing of the editor but what is scheduled.
function Server:_receive(data)
  local start = 1
  while true do
    local stop = data:find('\n', start, true)
    if not stop then break end
    table.insert(self.parts, data:sub(start, stop - 1))
    local line = table.concat(self.parts)
    self.parts = {}
    start = stop + 1
    vim.schedule(function() self:_dispatch(line) end)
  end
  if start <= #data then table.insert(self.parts, data:sub(start)) end
end

function Server:_dispatch(line)
  if line:match('^%s*$') then return end
  local is_json, message = pcall(vim.json.decode, line)
  if not is_json or type(message) ~= 'table' then
    self.stderr = self.stderr .. '\nno message of the protocol: ' .. line:sub(1, 200)
    if self.handle:is_active() then self.handle:kill('sigterm') end
  elseif message.method == '$/progress' then
    local receiver = self.receivers[message.params.token]
    if receiver then receiver(message.params.value) end
  elseif message.method and message.id ~= nil then
    self:_send({ jsonrpc = '2.0', id = message.id, error = { code = -32601, message = 'Method not found' } })
  elseif message.id ~= nil and message.id ~= vim.NIL then
    local callback = self.pending[message.id]
    self.pending[message.id] = nil
    if callback then callback(message.error, message.result) end
  end
end

-- When it has exited and all it wrote has been read, in whatever order that is known.
function Server:_close_when_done()
  if not (self.exit and self.has_ended) then return end
  vim.schedule(function()
    self.is_open = false
    if not self.stdin:is_closing() then self.stdin:close() end
    local pending = self.pending
    self.pending, self.receivers = {}, {}
    for _, callback in pairs(pending) do callback({ message = self:_obituary() }) end
  end)
end

function Server:_obituary()
  local how = 'ended'
  if self.exit then
    how = self.exit.signal ~= 0 and ('was ended by signal %d'):format(self.exit.signal) or ('ended with code %d'):format(self.exit.code)
  end
  local words = vim.trim(self.stderr)
  return ('%s %s%s'):format(self.name, how, words == '' and '' or ':\n' .. words)
end

return Server
