vim9script noclear

if exists('g:loaded_llmbench') || !has('channel') || !has('job')
  finish
endif
g:loaded_llmbench = true

command -nargs=+ -complete=customlist,llmbench#Complete LLMBench llmbench#Command([<f-args>])
