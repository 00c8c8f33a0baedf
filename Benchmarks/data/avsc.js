// Times avsc, the peer on node, over an event file. One JSON object on stdout.
//
//     node avsc.js AVSC-CHECKOUT process FILE REPEAT
//     node avsc.js AVSC-CHECKOUT generate FILE ROWS REPEAT
//
// Times are of the work alone: node and the package are already loaded. "first" is a process that just started,
// "best" one that has run the same work before.
'use strict';

const fs = require('fs');
const path = require('path');
const avro = require(path.join(path.resolve(process.argv[2]), 'lib'));

const SCHEMA = {
  type: 'record',
  name: 'Event',
  namespace: 'com.example.events',
  fields: [{name: 'userId', type: 'string'}, {name: 'duration', type: 'int'}],
};

async function processFile(file) {
  const start = performance.now();
  const events = [];
  await new Promise((resolve, reject) => {
    avro.createFileDecoder(file).on('data', event => events.push(event)).on('end', resolve).on('error', reject);
  });
  const read = performance.now();
  const groups = new Map();
  for (const event of events) {
    if (event.duration < 50) continue;
    const group = groups.get(event.userId);
    if (group) {
      group.count++;
      group.sum += event.duration;
    } else {
      groups.set(event.userId, {count: 1, sum: event.duration});
    }
  }
  const result = [...groups].map(([id, g]) => ({id, count: g.count, average: g.sum / g.count}));
  result.sort((a, b) => (a.id < b.id ? -1 : 1));
  return {seconds: (performance.now() - start) / 1000, readSeconds: (read - start) / 1000, groups: result};
}

async function generateFile(file, rows) {
  const start = performance.now();
  const encoder = new avro.streams.BlockEncoder(avro.Type.forSchema(SCHEMA));
  const target = fs.createWriteStream(file);
  encoder.pipe(target);
  for (let row = 0; row < rows; row++) {
    const event = {userId: `user${Math.floor(Math.random() * 50) + 1}`, duration: Math.floor(Math.random() * 191) + 10};
    if (!encoder.write(event)) await new Promise(resolve => encoder.once('drain', resolve));
  }
  encoder.end();
  await new Promise((resolve, reject) => target.on('close', resolve).on('error', reject));
  return {seconds: (performance.now() - start) / 1000};
}

async function main() {
  const [, , , command, file, ...rest] = process.argv;
  const repeat = Number(rest[rest.length - 1]);
  const runs = [];
  for (let i = 0; i < repeat; i++) {
    runs.push(command === 'generate' ? await generateFile(file, Number(rest[0])) : await processFile(file));
  }
  const seconds = runs.map(run => run.seconds);
  console.log(JSON.stringify({first: seconds[0], best: Math.min(...seconds), groups: runs[0].groups}));
}

main();
