// Finds the `ts` namespace in whatever file it comes in.

const fs = require('fs');
const path = require('path');

/** The source text of TypeScript inside a bundle that esbuild made, which is cut out and run by itself. */
function typescriptFromBundle(file) {
  const text = fs.readFileSync(file, 'utf8');
  const head = /var ([\w$]+)=([\w$]+)\(\(([\w$]+),([\w$]+)\)=>\{var ([\w$]+)=\{\};\(([\w$]+)=>\{"use strict";/.exec(text);
  if (!head) throw new Error(`${file} holds no TypeScript in a form that is known`);
  const setter = text.indexOf('set exports(', head.index);
  const end = setter < 0 ? -1 : text.indexOf('})});', setter);
  if (end < 0) throw new Error(`${file} holds no end of TypeScript in a form that is known`);
  const body = text.slice(head.index + head[0].indexOf('=>{') + 3, end + 2);
  const module = { exports: {} };
  const run = new Function(head[3], head[4], 'require', 'process', '__filename', '__dirname', body);
  run(module.exports, module, require, process, file, path.dirname(file));
  return module.exports;
}

/** Loads the compiler and says where its library declarations are. */
function loadTypeScript(location) {
  const ts = location.kind === 'bundle' ? typescriptFromBundle(location.file) : require(location.file);
  if (!ts || typeof ts.createProgram !== 'function') {
    // TypeScript 7 is a native program: the package then only tells its version.
    throw new Error(`${location.file} has no compiler API (version ${ts && ts.version ? ts.version : 'unknown'})`);
  }
  return ts;
}
