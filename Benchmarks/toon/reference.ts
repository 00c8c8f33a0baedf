// Times the reference implementation on files of data: deno run -A --no-check reference.ts CHECKOUT ROUNDS FILE.json…
// For each file it prints a line of JSON, and leaves FILE.reference.toon and FILE.reference.json.
const [checkout, rounds, ...files] = Deno.args;
const { encode, decode } = await import(new URL(`file://${checkout}/packages/toon/src/index.ts`).href);

function best(work: () => unknown): number {
  let shortest = Infinity;
  for (let round = 0; round < Number(rounds); round++) {
    const start = performance.now();
    work();
    shortest = Math.min(shortest, performance.now() - start);
  }
  return shortest / 1000;
}

for (const file of files) {
  const value = JSON.parse(await Deno.readTextFile(file));
  const text = encode(value);
  await Deno.writeTextFile(`${file}.reference.toon`, text);
  await Deno.writeTextFile(`${file}.reference.json`, JSON.stringify(decode(text)));
  const bytes = new TextEncoder().encode(text).length;
  console.log(JSON.stringify({ bytes, encode: best(() => encode(value)), decode: best(() => decode(text)) }));
}
