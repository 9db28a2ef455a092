// The client `@anthropic-ai/sdk` as it is, against the gateway.
import Anthropic from '@anthropic-ai/sdk';

const at = (apiKey) => new Anthropic({baseURL: URL, apiKey, maxRetries: 0});
const client = at(KEY);
const tools = [{name: 'get_weather', input_schema: SCHEMA}];
const user = (content) => [{role: 'user', content}];
const question = (text, more = {}) => ({model: MODEL, max_tokens: 2000, messages: user(text), ...more});
const ask = (text, more) => client.messages.create(question(text, more));
const said = (key, text = 'fake:text x', model = MODEL) => () => at(key).messages.create(question(text, {model}));

await run({
  async text() {
    const {content: [{text}], stop_reason: reason, usage} = await ask('fake:text Grüße 🌍 dir');
    return {text, reason, output: usage.output_tokens, input: usage.input_tokens > 0};
  },
  async stream() {
    const stream = client.messages.stream(question('fake:text Grüße 🌍 dir'));
    let text = '';
    stream.on('text', (more) => (text += more));
    const {stop_reason: reason, usage} = await stream.finalMessage();
    return {text, reason, output: usage.output_tokens, input: usage.input_tokens > 0};
  },
  async tools() {
    const answer = await ask(CALL, {tools});
    const call = answer.content.find((block) => block.type === 'tool_use');
    const result = {type: 'tool_result', tool_use_id: call.id, content: [{type: 'text', text: '21 °C'}]};
    const messages = [...user(CALL), {role: 'assistant', content: answer.content}, ...user([result])];
    const after = await client.messages.create({model: MODEL, max_tokens: 99, messages, tools});
    return {name: call.name, city: call.input.city, reason: answer.stop_reason, after: after.content[0].text};
  },
  async parallel_tools() {
    const {content} = await client.messages.stream(question(CALLS, {tools})).finalMessage();
    return content.filter((block) => block.type === 'tool_use').map((block) => block.input.city);
  },
  async thinking() {
    const thinking = {type: 'enabled', budget_tokens: 1024};
    const {content: [block]} = await client.messages.stream(question('fake:think\nfake:text ok', {thinking})).finalMessage();
    return {thought: block.thinking, signature: block.signature};
  },
  async image() {
    const source = {type: 'base64', media_type: 'image/png', data: PICTURE};
    const answer = await ask([{type: 'text', text: 'fake:seen'}, {type: 'image', source}], {tools});
    return {text: answer.content[0].text};
  },
  async count() {
    const counted = await client.messages.countTokens({model: MODEL, messages: user('x'.repeat(400))});
    return counted.input_tokens > 100;
  },
  async models() {
    const listed = [];
    for await (const model of client.models.list()) listed.push(model.id);
    return {listed: listed.includes(MODEL), one: (await client.models.retrieve(MODEL)).id};
  },
  wrong_key: () => refused(said(WRONG_KEY)),
  poor: () => refused(said(POOR_KEY)),
  unknown_model: () => refused(said(KEY, 'fake:text x', 'scripted-no-such')),
  limited: () => limited(said(SLOW_KEY)),
  provider_400: () => refused(said(KEY, 'fake:error 400')),
  provider_529: () => refused(said(KEY, 'fake:error 529')),
  async cancel() {
    let seen = 0;
    for await (const event of await ask('fake:slow 600', {stream: true})) {
      if (event.type && ++seen === 5) break;
    }
    return 'closed';
  },
});
