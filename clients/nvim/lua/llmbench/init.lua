-- Benchmarks of language models from the editor. `:help llmbench` says how to use it.
local M = {}

local arguments = require('llmbench.arguments')
local Server = require('llmbench.server')
local view = require('llmbench.view')

local config = {
  command = { vim.env.LLMBENCH or 'llmbench', 'serve', '--stdio' },
  window = true, -- whether a box shows the progress of a run
  timeout = 5000, -- milliseconds that completion and the end of the server may take
}

local server = nil
local suites = nil -- as benchmark.list gives them, once asked
local providers = nil
local run = nil -- the run that is under way: {suite, id, progress}
local last = nil -- the last run that ended: {summary, error}

local function say(text, level) vim.notify('llmbench: ' .. text, level or vim.log.levels.INFO) end
local function complain(problem) say(type(problem) == 'table' and problem.message or tostring(problem), vim.log.levels.ERROR) end

--- The server, started when it is not there. Throws where it cannot be.
local function connect()
  if server and server.is_open then return server end
  local problem
  server, problem = Server.start(config.command)
  if not server then error(problem, 0) end
  server:request('initialize', { clientInfo = { name = 'neovim' } }, { done = function() end })
  return server
end

--- Asks and shows the answer, or says what went wrong.
local function ask(method, params, show)
  connect():request(method, params, { done = function(problem, result)
    if problem then return complain(problem) end
    show(result)
  end })
end

--- What is known of the suites, waiting for it where it is not known yet.
local function known_suites()
  if not suites then
    local problem, result = connect():call('benchmark.list', nil, config.timeout)
    if problem then error(problem.message, 0) end
    suites = result.suites
  end
  return suites
end

-- Runs -----------------------------------------------------------------------------------------------------------

local function bar(percentage)
  local filled = math.floor(20 * percentage / 100 + 0.5)
  return '[' .. ('='):rep(filled) .. (' '):rep(20 - filled) .. ']'
end

local function redraw()
  if config.window and run then
    local progress = run.progress
    view.show_progress({
      ('%s on %s'):format(run.suite, table.concat(run.models, ', ')),
      ('%s %s'):format(bar(progress.percentage or 0), progress.message or 'starting'),
      ('%d passed, %d errors'):format(progress.passed or 0, progress.errors or 0),
    })
  end
  vim.cmd('redrawstatus!')
end

local function finished(problem, summary)
  run = nil
  last = { error = problem, summary = summary }
  view.hide_progress()
  vim.cmd('redrawstatus!')
  if problem then
    -- A run that was cancelled says itself how to go on.
    say(problem.message, problem.code == -32800 and vim.log.levels.WARN or vim.log.levels.ERROR)
  else
    local scores = vim.tbl_map(function(model)
      local score = type(model.score) == 'number' and ('%.3f (%d of %d passed)'):format(model.score, model.passed, model.n) or 'no score'
      return ('%s %s%s'):format(model.model, score, model.errors > 0 and (', %d errors'):format(model.errors) or '')
    end, summary.models)
    say(('%s %s: %s'):format(summary.runId, summary.status, table.concat(scores, '; ')))
  end
  vim.api.nvim_exec_autocmds('User', { pattern = 'LLMBenchRunEnded', modeline = false })
end

local function start(words)
  if run then error('a run is under way: :LLMBench cancel stops it', 0) end
  local request = arguments.read(words, known_suites())
  run = { suite = request.suite, models = request.models, progress = {} }
  redraw()
  run.id = connect():request('benchmark.run', request, {
    progress = function(value)
      if run and value.kind ~= 'end' then
        run.progress = vim.tbl_extend('force', run.progress, value)
        redraw()
      end
    end,
    done = finished,
  })
end

-- Results --------------------------------------------------------------------------------------------------------

local function show_report(summary)
  ask('report.render', { runIds = { summary.runId }, format = 'markdown' }, function(report)
    view.show('report/' .. summary.runId, { report.text }, 'markdown')
  end)
end

local function show_samples(summary)
  local samples = {}
  local function page(cursor)
    ask('results.samples', { runId = summary.runId, limit = 100, cursor = cursor }, function(result)
      vim.list_extend(samples, result.samples)
      if type(result.nextCursor) == 'string' then return page(result.nextCursor) end
      view.samples(summary.runId, samples, { ['<CR>'] = view.sample })
    end)
  end
  page(nil)
end

local function show_runs()
  ask('results.query', { limit = 100 }, function(result)
    if #result.runs == 0 then return say('no run is stored yet: :LLMBench run SUITE model=PROVIDER/MODEL') end
    view.runs(result.runs, { ['<CR>'] = show_report, s = show_samples, r = show_runs })
  end)
end

-- Commands -------------------------------------------------------------------------------------------------------

local commands = {
  run = start,
  cancel = function()
    if not run then return say('no run is under way') end
    server:cancel(run.id)
  end,
  results = show_runs,
  doctor = function() ask('system.doctor', nil, function(result) view.checks(result.checks) end) end,
  stop = function() M.stop() end,
}

--- `:LLMBench WORD…`
function M.command(words)
  local command = commands[words[1]]
  if not command then
    return complain(('there is no "%s"; there are %s'):format(words[1], table.concat(vim.fn.sort(vim.tbl_keys(commands)), ', ')))
  end
  local worked, problem = pcall(command, vim.list_slice(words, 2))
  if not worked then complain(problem) end
end

--- What can stand at the end of the line.
function M.complete(lead, line)
  local words = vim.split(vim.trim(line), '%s+')
  local position = #words - (lead == '' and 0 or 1) -- words before the one that is completed
  local candidates = {}
  if position == 1 then
    candidates = vim.fn.sort(vim.tbl_keys(commands))
  elseif words[2] == 'run' and position == 2 then
    local worked, known = pcall(known_suites)
    if worked then candidates = vim.tbl_map(function(suite) return suite.name end, known) end
  elseif words[2] == 'run' and lead:match('^model=') then
    if not providers then
      local worked, problem, result = pcall(function() return connect():call('models.list', nil, config.timeout) end)
      providers = worked and not problem and result.providers or nil
    end
    candidates = vim.tbl_map(function(provider) return ('model=%s/'):format(provider.name) end, providers or {})
  elseif words[2] == 'run' then
    candidates = vim.tbl_map(function(name) return name .. '=' end, arguments.names)
    for _, suite in ipairs(suites or {}) do
      if suite.name == words[3] then
        for _, option in ipairs(suite.options) do table.insert(candidates, option.name .. '=') end
      end
    end
  end
  return vim.tbl_filter(function(candidate) return vim.startswith(candidate, lead) end, candidates)
end

--- For a status line: how far the run is, '' when none is under way.
function M.status()
  if not run then return '' end
  return ('%s %s'):format(run.suite, run.progress.message or 'starting')
end

--- The last run that ended, as {summary = …} or {error = …}; nil before the first.
function M.last() return last end

--- Ends the server; the next command starts it anew.
function M.stop()
  if server then server:stop(config.timeout) end
  server = nil
end

---@param options table|nil command: string or list, window: boolean, timeout: milliseconds
function M.setup(options)
  options = options or {}
  config = vim.tbl_extend('force', config, options)
  if type(config.command) == 'string' then config.command = { config.command, 'serve', '--stdio' } end
  M.stop()
  suites, providers = nil, nil
end

vim.api.nvim_create_autocmd('VimLeavePre', {
  group = vim.api.nvim_create_augroup('llmbench', { clear = true }),
  callback = function() M.stop() end,
})

return M
