// A model for the clients' tests: an OpenAI-compatible server on loopback that sorts the list in the prompt.
//
//   node clients/testing/fake-model.mjs [ANSWERS]    prints its base URL; after that many answers it answers no more
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';

/**
 * @param {{answers?: number}} [options] how many requests are answered before it falls silent; all by default
 */
export async function startFakeModel({ answers = Infinity } = {}) {
  let remaining = answers;
  const held = [];
  const answer = ({ prompt, response }) => {
    const list = JSON.parse(/\[[^\]]*\]/.exec(prompt)?.[0] ?? '[]');
    const content = JSON.stringify(list.sort((a, b) => a - b));
    const usage = { prompt_tokens: 2 * list.length, completion_tokens: list.length, total_tokens: 3 * list.length };
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify({
        id: 'fake',
        object: 'chat.completion',
        created: 0,
        model: 'fake',
        choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content } }],
        usage,
      }),
    );
  };
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const exchange = { prompt: JSON.parse(body || '{}').messages?.at(-1)?.content ?? '', response };
    if (remaining-- > 0) answer(exchange);
    else held.push(exchange);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    baseURL: `http://127.0.0.1:${server.address().port}/v1`,
    /** Answers what waits, and from now on so many more. */
    release(more = Infinity) {
      remaining = more;
      while (held.length > 0 && remaining-- > 0) answer(held.shift());
    },
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { baseURL } = await startFakeModel({ answers: process.argv[2] === undefined ? Infinity : Number(process.argv[2]) });
  console.log(baseURL);
}
