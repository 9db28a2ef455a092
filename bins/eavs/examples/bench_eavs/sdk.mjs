// Asks as often as it can for a while, and says how often that was in a second.
import OpenAI from 'openai';

const [baseURL, apiKey, body, atOnce, seconds] = process.argv.slice(1);
const client = new OpenAI({baseURL, apiKey, maxRetries: 0});
const ask = async () => {
  const answer = await client.chat.completions.create(JSON.parse(body));
  if (typeof answer.choices[0].message.content !== 'string') throw new Error(JSON.stringify(answer));
};
await ask();
const begun = performance.now();
const until = begun + Number(seconds) * 1000;
let count = 0;
await Promise.all(Array.from({length: Number(atOnce)}, async () => {
  for (; performance.now() < until; count++) await ask();
}));
console.log(count * 1000 / (performance.now() - begun));
