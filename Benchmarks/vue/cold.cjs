// Type-checks one TypeScript file as a compiler that is started for it does, with the library declarations of Vue's
// projects and nothing else: less than what is measured against it. node cold.cjs TYPESCRIPT FILE
const fs = require('fs');
const path = require('path');

function load(file) {
  if (!file.endsWith('compiler.js')) return require(file);
  const text = fs.readFileSync(file, 'utf8');
  const head = /=[\w$]+\(\(([\w$]+),([\w$]+)\)=>\{(var [\w$]+=\{\};\([\w$]+=>\{"use strict";)/.exec(text);
  const end = text.indexOf('})});', text.indexOf('set exports(', head.index)) + 2;
  const module = { exports: {} };
  const body = text.slice(head.index + head[0].length - head[3].length, end);
  new Function(head[1], head[2], 'require', '__filename', '__dirname', body)(module.exports, module, require, file, path.dirname(file));
  return module.exports;
}

const [typescript, file] = process.argv.slice(2);
const ts = load(typescript);
const folder = typescript.endsWith('compiler.js') ? path.join(path.dirname(typescript), '../lib') : path.dirname(typescript);
const options = {
  target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext, strict: true, noEmit: true, skipLibCheck: true, types: [],
  lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
};
const host = ts.createCompilerHost(options);
host.getDefaultLibLocation = () => folder;
host.getDefaultLibFileName = () => path.join(folder, 'lib.d.ts');
const program = ts.createProgram({ rootNames: [file], options, host });
process.stdout.write(`${ts.getPreEmitDiagnostics(program).length}\n`);
