// The client `openai` as it is, against the gateway.
import OpenAI from 'openai';

const at = (apiKey) => new OpenAI({baseURL: `${URL}/v1`, apiKey, maxRetries: 0});
const client = at(KEY);
const tools = [{type: 'function', function: {name: 'get_weather', parameters: SCHEMA}}];
const user = (content) => [{role: 'user', content}];
const ask = (text, more = {}) => client.chat.completions.create({model: MODEL, messages: user(text), ...more});
const said = (key, text = 'fake:text x', model = MODEL) => () =>
  at(key).chat.completions.create({model, messages: user(text)});

await run({
  async text() {
    const {choices: [{message, finish_reason: reason}], usage} = await ask('fake:text Grüße 🌍 dir');
    return {text: message.content, reason, output: usage.completion_tokens,
      sum: usage.prompt_tokens + usage.completion_tokens === usage.total_tokens};
  },
  async stream() {
    let [text, reason, usage, asked] = ['', null, 0, null];
    for await (const chunk of await ask('fake:text Grüße 🌍 dir', {stream: true})) {
      text += chunk.choices[0]?.delta.content ?? '';
      reason = chunk.choices[0]?.finish_reason ?? reason;
      usage += chunk.usage ? 1 : 0;
    }
    for await (const chunk of await ask('fake:text a b', {stream: true, stream_options: {include_usage: true}})) {
      asked = chunk.usage?.completion_tokens ?? asked;
    }
    return {text, reason, usage, asked_usage: asked};
  },
  async tools() {
    const {choices: [{message, finish_reason: reason}]} = await ask(CALL, {tools});
    const [call] = message.tool_calls;
    const messages = [...user(CALL), message, {role: 'tool', tool_call_id: call.id, content: '21 °C'}];
    const after = await client.chat.completions.create({model: MODEL, messages, tools});
    return {name: call.function.name, city: JSON.parse(call.function.arguments).city, reason,
      after: after.choices[0].message.content};
  },
  async parallel_tools() {
    const stream = client.chat.completions.stream({model: MODEL, messages: user(CALLS), tools});
    const {choices: [{message}]} = await stream.finalChatCompletion();
    return message.tool_calls.map((call) => JSON.parse(call.function.arguments).city);
  },
  async thinking() {
    return {thought: (await ask('fake:think\nfake:text ok')).choices[0].message.reasoning_content};
  },
  async image() {
    const url = `data:image/png;base64,${PICTURE}`;
    const answer = await ask([{type: 'text', text: 'fake:seen'}, {type: 'image_url', image_url: {url}}], {tools});
    return {text: answer.choices[0].message.content};
  },
  async embeddings() {
    const coded = await client.embeddings.create({model: MODEL, input: ['one', 'two'], dimensions: 3});
    const plain = await client.embeddings.create(
      {model: MODEL, input: 'one', dimensions: 3, encoding_format: 'float'});
    return {vectors: coded.data.length, numbers: coded.data[0].embedding.length,
      near: far(coded.data[0].embedding, plain.data[0].embedding) < 1e-6, used: coded.usage.prompt_tokens > 0};
  },
  async models() {
    const listed = [];
    for await (const model of client.models.list()) listed.push(model.id);
    return {listed: listed.includes(MODEL), one: (await client.models.retrieve(MODEL)).id};
  },
  async responses() {
    const flat = [{type: 'function', name: 'get_weather', parameters: SCHEMA, strict: false}];
    const create = (input, more = {}) => client.responses.create({model: MODEL, input, ...more});
    const answer = await create('fake:think\nfake:text Grüße 🌍');
    const called = await create(CALL, {tools: flat});
    const call = called.output.find((item) => item.type === 'function_call');
    const output = {type: 'function_call_output', call_id: call.call_id, output: '21 °C'};
    const after = await create([{role: 'user', content: CALL}, call, output], {tools: flat});
    const picture = {type: 'input_image', detail: 'auto', image_url: `data:image/png;base64,${PICTURE}`};
    const seen = await create([{role: 'user', content: [{type: 'input_text', text: 'fake:seen'}, picture]}]);
    return {text: answer.output_text, kinds: answer.output.map((item) => item.type),
      city: JSON.parse(call.arguments).city, after: after.output_text, seen: seen.output_text,
      used: answer.usage.output_tokens};
  },
  async responses_stream() {
    const stream = client.responses.stream({model: MODEL, input: 'fake:text Grüße 🌍'});
    let [kinds, text] = [[], ''];
    for await (const event of stream) {
      kinds.push(event.type);
      text += event.type === 'response.output_text.delta' ? event.delta : '';
    }
    const final = await stream.finalResponse();
    return {text, first: kinds[0], last: kinds.at(-1), final: final.output_text, status: final.status};
  },
  wrong_key: () => refused(said(WRONG_KEY)),
  poor: () => refused(said(POOR_KEY)),
  unknown_model: () => refused(said(KEY, 'fake:text x', 'scripted-no-such')),
  limited: () => limited(said(SLOW_KEY)),
  provider_400: () => refused(said(KEY, 'fake:error 400')),
  provider_503: () => refused(said(KEY, 'fake:error 503')),
  async cancel() {
    let seen = 0;
    for await (const chunk of await ask('fake:slow 600', {stream: true})) {
      if (chunk.choices && ++seen === 3) break;
    }
    return 'closed';
  },
});
