// The client `@google/genai` as it is, against the gateway.
import {GoogleGenAI} from '@google/genai';

const at = (apiKey) => new GoogleGenAI({apiKey, httpOptions: {baseUrl: URL, retryOptions: {attempts: 1}}});
const {models} = at(KEY);
const withTools = {tools: [{functionDeclarations: [{name: 'get_weather', parametersJsonSchema: SCHEMA}]}]};
const ask = (contents, config) => models.generateContent({model: MODEL, contents, config});
const streamed = (contents, config) => models.generateContentStream({model: MODEL, contents, config});
const said = (key, contents = 'fake:text x', model = MODEL) => () => at(key).models.generateContent({model, contents});

await run({
  async text() {
    const answer = await ask('fake:text Grüße 🌍 dir');
    const usage = answer.usageMetadata;
    return {text: answer.text, reason: answer.candidates[0].finishReason, output: usage.candidatesTokenCount,
      sum: usage.promptTokenCount + usage.candidatesTokenCount === usage.totalTokenCount};
  },
  async stream() {
    const chunks = [];
    for await (const chunk of await streamed('fake:text Grüße 🌍 dir')) chunks.push(chunk);
    const last = chunks.at(-1);
    return {text: chunks.map((chunk) => chunk.text ?? '').join(''), many: chunks.length > 2,
      reason: last.candidates[0].finishReason, output: last.usageMetadata.candidatesTokenCount};
  },
  async tools() {
    const answer = await ask(CALL, withTools);
    const [call] = answer.functionCalls;
    const functionResponse = {id: call.id, name: call.name, response: {output: '21 °C'}};
    const contents = [{role: 'user', parts: [{text: CALL}]}, answer.candidates[0].content,
      {role: 'user', parts: [{functionResponse}]}];
    return {name: call.name, city: call.args.city, after: (await ask(contents, withTools)).text};
  },
  async parallel_tools() {
    const cities = [];
    for await (const chunk of await streamed(CALLS, withTools)) {
      cities.push(...(chunk.functionCalls ?? []).map((call) => call.args.city));
    }
    return cities;
  },
  async thinking() {
    const answer = await ask('fake:think\nfake:text ok', {thinkingConfig: {includeThoughts: true}});
    const thoughts = answer.candidates[0].content.parts.filter((part) => part.thought);
    return {thought: thoughts.map((part) => part.text).join(''), counted: answer.usageMetadata.thoughtsTokenCount > 0};
  },
  async image() {
    const parts = [{text: 'fake:seen'}, {inlineData: {data: PICTURE, mimeType: 'image/png'}}];
    return {text: (await ask([{role: 'user', parts}], withTools)).text};
  },
  async embeddings() {
    const embed = async (contents) =>
      (await models.embedContent({model: MODEL, contents, config: {outputDimensionality: 3}})).embeddings;
    const [both, [one]] = [await embed(['one', 'two']), await embed('one')];
    return {vectors: both.length, numbers: one.values.length, near: far(one.values, both[0].values) < 1e-6};
  },
  async count() {
    return (await models.countTokens({model: MODEL, contents: 'x'.repeat(400)})).totalTokens > 100;
  },
  async models() {
    const listed = [];
    for await (const model of await models.list()) listed.push(model.name);
    return {listed: listed.includes(`models/${MODEL}`), one: (await models.get({model: MODEL})).name};
  },
  wrong_key: () => refused(said(WRONG_KEY)),
  poor: () => refused(said(POOR_KEY)),
  unknown_model: () => refused(said(KEY, 'fake:text x', 'scripted-no-such')),
  limited: () => limited(said(SLOW_KEY)),
  provider_400: () => refused(said(KEY, 'fake:error 400')),
  provider_503: () => refused(said(KEY, 'fake:error 503')),
  async cancel() {
    // This client reads on behind a loop that ends: it is told to stop.
    const stop = new AbortController();
    let seen = 0;
    try {
      for await (const chunk of await streamed('fake:slow 600', {abortSignal: stop.signal})) {
        if (chunk.candidates && ++seen === 3) stop.abort();
      }
    } catch (error) {
      return seen >= 3 && error.name === 'AbortError' ? 'closed' : {failed: String(error)};
    }
    return {failed: 'it went on'};
  },
});
