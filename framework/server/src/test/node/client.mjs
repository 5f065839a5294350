// Asks a running server for what OpenAI's own client can ask, and prints a line of JSON for each check: its name, and what
// was wrong if anything was. QUIPU_URL, QUIPU_TOKEN, QUIPU_MODEL and QUIPU_ADAPTER say where, as whom and of what.
import assert from 'node:assert/strict';
import OpenAI from 'openai';

const url = process.env.QUIPU_URL;
const model = process.env.QUIPU_MODEL;
const adapter = process.env.QUIPU_ADAPTER;
const client = new OpenAI({ baseURL: `${url}/v1`, apiKey: process.env.QUIPU_TOKEN, maxRetries: 0 });
const user = (content) => [{ role: 'user', content }];
const chat = (fields, options) =>
  client.chat.completions.create({ model, max_completion_tokens: 8, messages: user('Name an animal.'), ...fields }, options);
const weather = {
  type: 'function',
  function: {
    name: 'weather',
    description: 'Tells the weather of a city.',
    parameters: { type: 'object', properties: { city: { type: 'string', maxLength: 12 } }, required: ['city'] },
  },
};

async function fails(type, promise) {
  const error = await promise.then(() => assert.fail('it did not fail'), (e) => e);
  assert.ok(error instanceof type, `${error?.constructor?.name}: ${error?.message}`);
  return error;
}

async function metric(name) {
  const reply = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${process.env.QUIPU_TOKEN}` } });
  const line = (await reply.text()).split('\n').find((l) => l.startsWith(`${name} `));
  return Number(line.split(' ')[1]);
}

async function idle() {
  while ((await metric('quipu_model_running')) + (await metric('quipu_model_waiting')) > 0) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const checks = {
  async 'lists the models and describes one'() {
    const names = [];
    for await (const one of client.models.list()) names.push(one.id);
    assert.ok(names.includes('quipu') && names.includes(model) && names.includes(`${model}:${adapter}`), names.join());
    assert.equal((await client.models.retrieve(`${model}:${adapter}`)).object, 'model');
  },

  async 'answers with usage and a reason'() {
    const reply = await chat({ temperature: 0 });
    assert.equal(reply.object, 'chat.completion');
    assert.equal(reply.model, model);
    assert.equal(reply.choices[0].message.role, 'assistant');
    assert.ok(reply.choices[0].message.content.length > 0);
    assert.ok(['stop', 'length'].includes(reply.choices[0].finish_reason));
    assert.equal(reply.usage.total_tokens, reply.usage.prompt_tokens + reply.usage.completion_tokens);
  },

  async 'streams the same text and ends with the usage'() {
    const whole = await chat({ temperature: 0 });
    let text = '';
    let usage;
    const reasons = [];
    for await (const chunk of await chat({ temperature: 0, stream: true, stream_options: { include_usage: true } })) {
      assert.equal(chunk.object, 'chat.completion.chunk');
      if (chunk.usage) {
        assert.deepEqual(chunk.choices, []);
        usage = chunk.usage;
        continue;
      }
      assert.equal(usage, undefined, 'the usage comes last');
      text += chunk.choices[0].delta.content ?? '';
      if (chunk.choices[0].finish_reason) reasons.push(chunk.choices[0].finish_reason);
    }
    assert.equal(text, whole.choices[0].message.content);
    assert.deepEqual(usage, whole.usage);
    assert.deepEqual(reasons, [whole.choices[0].finish_reason]);
  },

  async 'gathers a stream into a completion'() {
    const stream = client.chat.completions.stream({
      model, messages: user('Name an animal.'), max_completion_tokens: 8, stream_options: { include_usage: true },
    });
    const reply = await stream.finalChatCompletion();
    assert.ok(reply.choices[0].message.content.length > 0);
    assert.ok((await stream.totalUsage()).completion_tokens > 0);
  },

  async 'calls a tool that it has to call'() {
    const reply = await chat({ tools: [weather], tool_choice: 'required', max_completion_tokens: 80 });
    const [call] = reply.choices[0].message.tool_calls;
    assert.equal(reply.choices[0].finish_reason, 'tool_calls');
    assert.equal(reply.choices[0].message.content, null);
    assert.equal(call.type, 'function');
    assert.equal(call.function.name, 'weather');
    assert.equal(typeof JSON.parse(call.function.arguments).city, 'string');
  },

  async 'calls the tool that is named'() {
    const clock = { type: 'function', function: { name: 'clock' } };
    const reply = await chat({
      tools: [clock, weather], tool_choice: { type: 'function', function: { name: 'weather' } }, max_completion_tokens: 80,
    });
    assert.deepEqual(reply.choices[0].message.tool_calls.map((call) => call.function.name), ['weather']);
  },

  async 'streams a call that the client puts together'() {
    const stream = client.chat.completions.stream({
      model, messages: user('Weather in Munich?'), tools: [weather], tool_choice: 'required', max_completion_tokens: 80,
    });
    const message = await stream.finalMessage();
    assert.equal(message.tool_calls.length, 1);
    assert.equal(typeof JSON.parse(message.tool_calls[0].function.arguments).city, 'string');
  },

  async 'runs a tool and goes on with its result'() {
    const asked = [];
    const runner = client.chat.completions.runTools({
      model,
      messages: user('Weather in Munich?'),
      max_completion_tokens: 80,
      temperature: 0,
      tool_choice: { type: 'function', function: { name: 'weather' } },
      tools: [{
        type: 'function',
        function: {
          ...weather.function,
          parse: JSON.parse,
          function: ({ city }) => (asked.push(city), 'sunny, 21 degrees'),
        },
      }],
    });
    await runner.done();
    assert.equal(asked.length, 1);
    const told = runner.messages.find((message) => message.role === 'tool');
    assert.equal(told.content, 'sunny, 21 degrees');
    const reply = await chat({ messages: runner.messages, tools: [weather], tool_choice: 'none' });
    assert.ok(reply.choices[0].message.content.length > 0);
  },

  async 'keeps to a JSON schema'() {
    const schema = {
      type: 'object',
      properties: { animal: { type: 'string', enum: ['fox', 'owl'] }, legs: { type: 'integer', minimum: 0, maximum: 8 } },
      required: ['animal', 'legs'],
      additionalProperties: false,
    };
    const reply = await chat({
      max_completion_tokens: 60, response_format: { type: 'json_schema', json_schema: { name: 'animal', strict: true, schema } },
    });
    const { animal, legs, ...more } = JSON.parse(reply.choices[0].message.content);
    assert.ok(['fox', 'owl'].includes(animal) && Number.isInteger(legs) && legs <= 8);
    assert.deepEqual(more, {});
  },

  async 'reads what a schema gave by its own parser'() {
    const schema = { type: 'object', properties: { yes: { type: 'boolean' } }, required: ['yes'], additionalProperties: false };
    const reply = await client.chat.completions.parse({
      model, messages: user('Is water wet?'), max_completion_tokens: 40,
      response_format: { type: 'json_schema', json_schema: { name: 'answer', schema } },
    });
    assert.equal(typeof JSON.parse(reply.choices[0].message.content).yes, 'boolean');
    assert.equal(reply.choices[0].message.refusal, null);
  },

  async 'tells the probabilities of tokens'() {
    const reply = await chat({ temperature: 0, logprobs: true, top_logprobs: 2 });
    const { content } = reply.choices[0].logprobs;
    assert.equal(content.length, reply.usage.completion_tokens);
    assert.ok(content.every((token) => token.logprob <= 0 && token.top_logprobs.length === 2));
    const bytes = content.flatMap((token) => token.bytes);
    assert.ok(Buffer.from(bytes).toString('utf8').startsWith(reply.choices[0].message.content));
  },

  async 'gives several answers'() {
    const reply = await chat({ n: 3, temperature: 1.5 });
    assert.deepEqual(reply.choices.map((choice) => choice.index), [0, 1, 2]);
    assert.ok(new Set(reply.choices.map((choice) => choice.message.content)).size > 1);
  },

  async 'draws the same for the same seed and else for another'() {
    const text = async (seed) =>
      (await chat({ seed, temperature: 1.5, max_completion_tokens: 16 })).choices[0].message.content;
    assert.equal(await text(7), await text(7));
    assert.notEqual(await text(7), await text(8));
  },

  async 'ends before a stop text and at the limit'() {
    const ask = { model, prompt: '1, 2, 3, 4, 5, 6, 7, 8,', temperature: 0, max_tokens: 24 };
    const stopped = (await client.completions.create({ ...ask, stop: ['11'] })).choices[0];
    assert.equal(stopped.finish_reason, 'stop');
    assert.ok(stopped.text.includes('10') && !stopped.text.includes('11'), stopped.text);
    const cut = await chat({ messages: user('Tell a long story.'), max_completion_tokens: 3 });
    assert.equal(cut.choices[0].finish_reason, 'length');
    assert.equal(cut.usage.completion_tokens, 3);
  },

  async 'goes on with texts, whole and streamed'() {
    const ask = { model, prompt: ['One, two,', 'Red, green,'], temperature: 0, max_tokens: 4, logprobs: 1, echo: true };
    const whole = await client.completions.create(ask);
    assert.deepEqual(whole.choices.map((choice) => choice.index), [0, 1]);
    assert.ok(whole.choices[1].text.startsWith('Red, green,'));
    assert.equal(whole.choices[0].logprobs.token_logprobs.length, 4);
    const texts = ['', ''];
    let usage;
    for await (const chunk of await client.completions.create({ ...ask, stream: true, stream_options: { include_usage: true } })) {
      usage = chunk.usage ?? usage;
      for (const choice of chunk.choices) texts[choice.index] += choice.text;
    }
    assert.deepEqual(texts, whole.choices.map((choice) => choice.text));
    assert.deepEqual(usage, whole.usage);
  },

  async 'makes vectors, packed and plain'() {
    const ask = { model: 'all-minilm-l6-v2', input: ['a lamp', 'a chair'] };
    // The client asks for base64 by itself, and unpacks it.
    const packed = await client.embeddings.create(ask);
    const plain = await client.embeddings.create({ ...ask, encoding_format: 'float' });
    assert.equal(packed.data.length, 2);
    assert.equal(packed.data[1].embedding.length, 384);
    assert.deepEqual(packed.data.map((one) => [...one.embedding].map(Math.fround)),
        plain.data.map((one) => one.embedding.map(Math.fround)));
    assert.ok(packed.usage.prompt_tokens > 0);
  },

  async 'answers from the graph under the name quipu'() {
    const reply = await chat({ model: 'quipu', messages: user('Where is my order A50002?'), max_completion_tokens: undefined });
    assert.ok(reply.choices[0].message.content.includes('A50002'));
    assert.ok(reply.quipu.retrieval.facts.length > 0);
  },

  async 'adapts the model by its name or by a field'() {
    // Few tokens: the texts of random adapters soon come to close calls, which other batches round otherwise.
    const ask = { temperature: 0, max_completion_tokens: 2 };
    const plain = (await chat(ask)).choices[0].message.content;
    const named = await chat({ ...ask, model: `${model}:${adapter}` });
    const listed = await chat({ ...ask, adapters: [{ name: adapter, scale: 1 }], priority: 'high' });
    assert.equal(named.model, `${model}:${adapter}`);
    assert.notEqual(named.choices[0].message.content, plain);
    assert.equal(listed.choices[0].message.content, named.choices[0].message.content);
  },

  async 'says that a model or an adapter is not there'() {
    for (const name of ['gpt-17', `${model}:missing`]) {
      const error = await fails(OpenAI.NotFoundError, chat({ model: name }));
      assert.deepEqual([error.code, error.param, error.type], ['model_not_found', 'model', 'invalid_request_error']);
      assert.match(error.message, /QP-SERVER-007/);
    }
    await fails(OpenAI.NotFoundError, client.models.retrieve('gpt-17'));
    await fails(OpenAI.NotFoundError, client.responses.create({ model, input: 'Hi' }));
  },

  async 'says that a prompt is too long, also to a stream'() {
    for (const stream of [false, true]) {
      const error = await fails(OpenAI.BadRequestError, chat({ messages: user('word '.repeat(20_000)), stream }));
      assert.deepEqual([error.code, error.param], ['context_length_exceeded', 'messages']);
    }
    const error = await fails(OpenAI.BadRequestError, client.completions.create({ model, prompt: 'word '.repeat(20_000) }));
    assert.deepEqual([error.code, error.param], ['context_length_exceeded', 'prompt']);
  },

  async 'names the field that is wrong'() {
    const wrong = {
      temperature: { temperature: 9 },
      n: { n: 99 },
      seed: { seed: 1.5 },
      stop: { stop: [''] },
      priority: { priority: 'urgent' },
      messages: { messages: [] },
      tools: { tools: [{ ...weather, function: { name: 'a b' } }] },
      response_format: { response_format: { type: 'json_schema', json_schema: { name: 'a', schema: { type: 'wall' } } } },
    };
    for (const [param, fields] of Object.entries(wrong)) {
      assert.equal((await fails(OpenAI.BadRequestError, chat(fields))).param, param);
    }
  },

  async 'says that a body is too large'() {
    const error = await fails(OpenAI.APIError, chat({ messages: user('x'.repeat(1 << 20)) }));
    assert.equal(error.status, 413);
  },

  async 'lets nobody in with a wrong token'() {
    const stranger = new OpenAI({ baseURL: `${url}/v1`, apiKey: 'not-the-token', maxRetries: 0 });
    const error = await fails(OpenAI.AuthenticationError, stranger.models.list());
    assert.equal(error.code, 'invalid_api_key');
  },

  async 'stops what nobody waits for'() {
    const stream = await chat({ messages: user('Count to a thousand.'), max_completion_tokens: 900, temperature: 2, stream: true });
    for await (const chunk of stream) {
      if (chunk.choices[0].delta.content) break;
    }
    const whole = new AbortController();
    const running = chat({ messages: user('Count to a thousand.'), max_completion_tokens: 900 }, { signal: whole.signal });
    const ended = fails(OpenAI.APIUserAbortError, running);
    while ((await metric('quipu_model_running')) === 0);
    whole.abort();
    await ended;
    await idle();
  },

  async 'says when to come back if it is busy, and is idle soon after all have left'() {
    const all = new AbortController();
    const asked = Array.from({ length: 12 }, () =>
      chat({ messages: user('Tell a story.'), n: 8, max_completion_tokens: 900 }, { signal: all.signal }).then(
        () => null, (error) => error));
    const refused = await Promise.any(asked.map(async (one) => {
      const error = await one;
      if (error instanceof OpenAI.RateLimitError) return error;
      throw error ?? new Error('it was answered');
    }));
    all.abort();
    await Promise.all(asked);
    assert.equal(refused.code, 'rate_limit_exceeded');
    assert.equal(refused.type, 'requests');
    assert.ok(Number(refused.headers.get('retry-after')) >= 1);
    await idle();
    assert.ok((await chat({})).choices.length === 1);
  },
};

for (const [name, check] of Object.entries(checks)) {
  let error = '';
  try {
    await check();
  } catch (e) {
    error = e.stack ?? String(e);
  }
  console.log(JSON.stringify({ name, error }));
}
