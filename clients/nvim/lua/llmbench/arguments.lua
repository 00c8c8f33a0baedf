-- What is typed behind `:LLMBench run`, as the parameters of benchmark.run.
local M = {}

local numbers = {
  epochs = true, concurrency = true, temperature = true, maximumOutputTokens = true, attemptTimeoutSeconds = true,
  sampleTimeoutSeconds = true, retries = true,
}
local texts = { baseURL = true, record = true }

--- Names that may stand before `=` beside the suite's own options.
M.names = { 'model', 'seconds', 'epochs', 'concurrency', 'temperature', 'maximumOutputTokens', 'attemptTimeoutSeconds', 'sampleTimeoutSeconds', 'retries', 'baseURL', 'record' }

local function number(name, text)
  local digits, unit = text:lower():match('^([-%d._]+)([kmb]?)$')
  local value = digits and tonumber((digits:gsub('_', '')))
  if not value then error(('%s=%s: this is no number'):format(name, text), 0) end
  return value * ({ [''] = 1, k = 1e3, m = 1e6, b = 1e9 })[unit]
end

local readers = {
  integer = number,
  number = number,
  boolean = function(name, text)
    if text ~= 'true' and text ~= 'false' then error(('%s=%s: write true or false'):format(name, text), 0) end
    return text == 'true'
  end,
  string = function(_, text) return text end,
  integerList = function(name, text)
    return vim.tbl_map(function(part) return number(name, part) end, vim.split(text, ',', { plain = true }))
  end,
  stringList = function(_, text) return vim.split(text, ',', { plain = true }) end,
}

--- Reads `SUITE model=PROVIDER/MODEL… NAME=VALUE…`.
---@param words string[]
---@param suites table[] as `benchmark.list` gives them
function M.read(words, suites)
  local name = words[1]
  local suite
  for _, candidate in ipairs(suites) do
    if candidate.name == name then suite = candidate end
  end
  if not suite then
    local known = table.concat(vim.tbl_map(function(candidate) return candidate.name end, suites), ', ')
    error(name and ('there is no suite "%s"; there are %s'):format(name, known) or 'name a suite: ' .. known, 0)
  end
  local kinds = {}
  for _, option in ipairs(suite.options) do kinds[option.name] = option.kind end

  local request = { suite = name, models = {} }
  local options = {}
  for index = 2, #words do
    local key, text = words[index]:match('^([%w]+)=(.+)$')
    if not key then error(('"%s": write NAME=VALUE, such as model=local/smollm2'):format(words[index]), 0) end
    if key == 'model' then
      table.insert(request.models, text)
    elseif kinds[key] then
      options[key] = (readers[kinds[key]] or readers.string)(key, text)
    elseif key == 'seconds' then
      request.budget = { seconds = number(key, text) }
    elseif numbers[key] then
      request[key] = number(key, text)
    elseif texts[key] then
      request[key] = text
    else
      error(('%s has no option "%s"; it has %s'):format(name, key, table.concat(vim.tbl_keys(kinds), ', ')), 0)
    end
  end
  if #request.models == 0 then error('name a model: model=PROVIDER/MODEL', 0) end
  if next(options) then request.options = options end
  return request
end

return M
