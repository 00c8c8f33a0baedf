-- Buffers and windows: a table of runs, a run's report, its samples, one sample, and the box that shows progress.
local M = {}

local function text_of(value)
  if value == nil or value == vim.NIL then return '–' end
  if type(value) == 'string' then return value end
  return type(value) == 'table' and vim.json.encode(value) or tostring(value)
end

local function score_of(value)
  return type(value) == 'number' and ('%.3f'):format(value) or '–'
end

local buffers = {} -- by name

--- Shows lines in a buffer of that name in a split, or where it is shown already.
---@return integer buffer
function M.show(name, lines, filetype)
  local buffer = buffers[name]
  if not (buffer and vim.api.nvim_buf_is_valid(buffer)) then
    buffer = vim.api.nvim_create_buf(true, true)
    vim.api.nvim_buf_set_name(buffer, 'llmbench://' .. name)
    buffers[name] = buffer
  end
  local flat = {}
  for _, line in ipairs(lines) do vim.list_extend(flat, vim.split(line, '\n', { plain = true })) end
  vim.bo[buffer].modifiable = true
  vim.api.nvim_buf_set_lines(buffer, 0, -1, false, flat)
  vim.bo[buffer].modifiable = false
  vim.bo[buffer].bufhidden = 'hide'
  vim.bo[buffer].filetype = filetype or ''
  local window = vim.fn.bufwinid(buffer)
  if window >= 0 then
    vim.api.nvim_set_current_win(window)
  else
    vim.cmd('botright split')
    vim.api.nvim_win_set_buf(0, buffer)
  end
  vim.keymap.set('n', 'q', '<Cmd>close<CR>', { buffer = buffer, silent = true, nowait = true })
  return buffer
end

--- Rows with columns of equal width.
local function align(rows)
  local widths = {}
  for _, row in ipairs(rows) do
    for column, cell in ipairs(row) do widths[column] = math.max(widths[column] or 0, vim.fn.strdisplaywidth(cell)) end
  end
  return vim.tbl_map(function(row)
    local cells = {}
    for column, cell in ipairs(row) do table.insert(cells, cell .. (' '):rep(widths[column] - vim.fn.strdisplaywidth(cell))) end
    return (table.concat(cells, '  '):gsub('%s+$', ''))
  end, rows)
end

--- A table whose rows are chosen by keys: `actions` are functions of the row's item by key.
local function choose(name, heading, items, row_of, actions)
  local rows = { heading }
  for _, item in ipairs(items) do
    table.insert(rows, vim.tbl_map(function(cell) return (cell:gsub('\n', ' ')) end, row_of(item)))
  end
  local buffer = M.show(name, align(rows), 'llmbench')
  for key, action in pairs(actions) do
    vim.keymap.set('n', key, function()
      local item = items[vim.api.nvim_win_get_cursor(0)[1] - 1]
      if item then action(item) end
    end, { buffer = buffer, silent = true, nowait = true })
  end
  if #items > 0 then vim.api.nvim_win_set_cursor(0, { 2, 0 }) end
end

function M.runs(runs, actions)
  choose('results', { 'RUN', 'STARTED', 'SUITE', 'STATUS', 'SAMPLES', 'MODEL AND SCORE' }, runs, function(run)
    local models = vim.tbl_map(function(model) return model.model .. ' ' .. score_of(model.score) end, run.models)
    local samples = ('%d/%d'):format(run.completedSamples, run.plannedSamples)
    return { run.runId, run.startedAt:sub(1, 16):gsub('T', ' '), run.suite, run.status, samples, table.concat(models, ', ') }
  end, actions)
end

function M.samples(run_id, samples, actions)
  choose('samples/' .. run_id, { 'SAMPLE', 'MODEL', 'OUTCOME', 'SCORE', 'REASON' }, samples, function(sample)
    return { sample.sampleId, sample.model, sample.outcome, score_of(sample.score), text_of(sample.reason) }
  end, actions)
end

function M.sample(sample)
  M.show(('sample/%s/%s/%s/%d'):format(sample.runId, sample.model, sample.sampleId, sample.epoch), {
    ('# %s of %s: %s'):format(sample.sampleId, sample.model, sample.outcome), '',
    ('Score %s, reason %s: %s'):format(score_of(sample.score), text_of(sample.reason), text_of(sample.detail)), '',
    '## Prompt', '', sample.prompt, '',
    '## Answer', '', text_of(sample.response), '',
    '## Expected', '', text_of(sample.expected), '',
    '## Understood as', '', text_of(sample.extracted),
  }, 'markdown')
end

function M.checks(checks)
  local lines = {}
  for _, check in ipairs(checks) do
    table.insert(lines, ('%-8s %-24s %s'):format(check.status, check.name, check.detail))
    if type(check.remedy) == 'string' then table.insert(lines, (' '):rep(9) .. 'To mend it: ' .. check.remedy) end
  end
  M.show('doctor', lines)
end

-- The box in the lower right corner ------------------------------------------------------------------------------

local box = { buffer = nil, window = nil }

function M.show_progress(lines)
  if not (box.buffer and vim.api.nvim_buf_is_valid(box.buffer)) then box.buffer = vim.api.nvim_create_buf(false, true) end
  vim.api.nvim_buf_set_lines(box.buffer, 0, -1, false, lines)
  local width = 20
  for _, line in ipairs(lines) do width = math.max(width, vim.fn.strdisplaywidth(line)) end
  local place = {
    relative = 'editor', anchor = 'SE', row = vim.o.lines - vim.o.cmdheight - 1, col = vim.o.columns,
    width = math.min(width, vim.o.columns - 4), height = #lines,
  }
  if box.window and vim.api.nvim_win_is_valid(box.window) then
    vim.api.nvim_win_set_config(box.window, place)
  else
    place.style, place.border, place.focusable, place.noautocmd = 'minimal', 'rounded', false, true
    box.window = vim.api.nvim_open_win(box.buffer, false, place)
  end
end

function M.hide_progress()
  if box.window and vim.api.nvim_win_is_valid(box.window) then vim.api.nvim_win_close(box.window, true) end
  box.window = nil
end

return M
