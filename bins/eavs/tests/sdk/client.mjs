// What the JavaScript scripts begin with: where the gateway is, and how a case is told.
const {EAVS_URL: URL, EAVS_KEY: KEY, EAVS_SLOW_KEY: SLOW_KEY, EAVS_POOR_KEY: POOR_KEY} = process.env;
const WRONG_KEY = 'eavs_wrong';
const MODEL = 'scripted/demo';
const PICTURE = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';
const CALL = 'fake:tool get_weather {"city":"Köln"}';
const CALLS = 'fake:ptool get_weather {"city":"Köln"}\nfake:ptool get_weather {"city":"Bonn"}';
const SCHEMA = {type: 'object', properties: {city: {type: 'string'}}, required: ['city']};

async function run(cases) {
  const found = {};
  for (const [name, each] of Object.entries(cases)) {
    try {
      found[name] = await each();
    } catch (error) {
      found[name] = {failed: String(error?.stack ?? error)};
    }
  }
  process.stdout.write(JSON.stringify(found));
}

// The exception of a call: its class, and what of it a program decides by.
async function refused(call) {
  try {
    await call();
  } catch (error) {
    const after = error.headers?.get?.('retry-after') != null;
    return {class: error.constructor.name, status: error.status ?? null, after, text: String(error.message)};
  }
  return {failed: 'it was not refused'};
}

// Two requests of a key that has one a minute.
async function limited(call) {
  await call();
  return refused(call);
}

const far = (a, b) => Math.hypot(...a.map((value, index) => value - b[index]));
