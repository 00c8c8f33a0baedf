if vim.g.loaded_llmbench then return end
vim.g.loaded_llmbench = true

vim.api.nvim_create_user_command('LLMBench', function(command) require('llmbench').command(command.fargs) end, {
  nargs = '+',
  desc = 'Run benchmarks of language models and look at the results',
  complete = function(lead, line, position) return require('llmbench').complete(lead, line:sub(1, position)) end,
})
