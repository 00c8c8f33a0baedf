import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { LLMBench, LLMBenchError } from 'llmbench-client';

import { limit, temporaryFolder } from './support.js';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const declarations = readFileSync(here('../src/index.d.ts'), 'utf8');
const declared = declarations.slice(declarations.indexOf('export class LLMBench {'));

test('every declared method is there, and every method is declared', () => {
  const names = (pattern) => [...declared.matchAll(pattern)].map(([, name]) => name);
  assert.deepEqual(
    names(/^ {2}(?:readonly )?(?!static|private|readonly)(\w+)[(<]/gm).concat('isOpen').sort(),
    Object.getOwnPropertyNames(LLMBench.prototype).filter((name) => name !== 'constructor').sort(),
  );
  for (const name of names(/^ {2}static (\w+)\(/gm)) assert.equal(typeof LLMBench[name], 'function');
  assert.ok(new LLMBenchError('kind', 'message') instanceof Error);
});

test('the types say what a user may write', limit, (t) => {
  const deno = process.env.DENO || 'deno';
  if (spawnSync(deno, ['--version']).status !== 0) return t.skip('no TypeScript compiler: set DENO to a deno program');
  const project = temporaryFolder(t);
  mkdirSync(join(project, 'node_modules'));
  symlinkSync(here('..'), join(project, 'node_modules', 'llmbench-client'));
  writeFileSync(join(project, 'package.json'), '{"type": "module"}');
  cpSync(here('consumer.ts'), join(project, 'consumer.ts'));
  const env = { ...process.env, DENO_DIR: join(project, 'cache'), NO_COLOR: '1' };
  const { status, stderr } = spawnSync(deno, ['check', 'consumer.ts'], { cwd: project, env, encoding: 'utf8' });
  assert.equal(status, 0, stderr);
});
