// A scripted model behind an OpenAI-compatible endpoint: what it says follows from what it was asked.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

type Call = { name: string; input: unknown };
type Answer = { thinking?: string; text?: string; calls?: Call[]; pause?: number; status?: number };
type Asked = { messages: { role: string; content: unknown }[] };

/** How many words "count" says, and how long it waits between two, in milliseconds. */
export const WORDS = 60;
const PAUSE = 60;

export class Model {
  private constructor(private readonly server: Server) {}

  static async start(): Promise<Model> {
    const server = createServer((request, response) => {
      void answer(request, response).catch(() => response.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return new Model(server);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/v1`;
  }

  stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let body = "";
  for await (const chunk of request) body += String(chunk);
  const { messages } = JSON.parse(body) as Asked;
  const last = messages.findLastIndex((message) => message.role === "user");
  const said = textOf(messages[last]?.content);
  const done = messages.slice(last + 1).filter((message) => message.role === "tool").length;
  const what = script(said, done);
  if (what.status) {
    response.writeHead(what.status, { "content-type": "application/json" });
    response.end(JSON.stringify({ error: { message: "the scripted model refuses", type: "invalid_request_error" } }));
    return;
  }
  response.writeHead(200, { "content-type": "text/event-stream" });
  await stream(what, response);
  response.end("data: [DONE]\n\n");
}

async function stream(what: Answer, response: ServerResponse): Promise<void> {
  const send = (delta: unknown, finish: string | null = null): void => {
    const choices = [{ index: 0, delta, finish_reason: finish }];
    response.write(`data: ${JSON.stringify({ id: "c", object: "chat.completion.chunk", created: 1, model: "scripted", choices })}\n\n`);
  };
  for (const piece of pieces(what.thinking ?? "")) {
    send({ reasoning_content: piece });
    await pause(what.pause ?? 8);
  }
  for (const piece of pieces(what.text ?? "")) {
    if (response.destroyed) return;
    send({ content: piece });
    await pause(what.pause ?? 8);
  }
  (what.calls ?? []).forEach((call, index) => {
    const id = `call_${Date.now()}_${index}`;
    send({ tool_calls: [{ index, id, type: "function", function: { name: call.name, arguments: JSON.stringify(call.input) } }] });
  });
  send({}, what.calls ? "tool_calls" : "stop");
  const usage = { prompt_tokens: 1200, completion_tokens: 90, total_tokens: 1290 };
  response.write(`data: ${JSON.stringify({ id: "c", object: "chat.completion.chunk", created: 1, model: "scripted", choices: [], usage })}\n\n`);
}

function script(said: string, done: number): Answer {
  if (/\bcount\b/.test(said)) return { text: numbers(), pause: PAUSE };
  if (/\bfail\b/.test(said)) return { status: 400 };
  if (/\bcareful\b/.test(said)) {
    return done === 0 ? { calls: [{ name: "bash", input: { command: "echo careful" } }] } : { text: "It was answered." };
  }
  if (/\bwork\b/.test(said)) return work(done);
  if (/\bwait\b/.test(said)) {
    return done === 0 ? { calls: [{ name: "bash", input: { command: "sleep 20" } }] } : { text: "Waited." };
  }
  return { thinking: "The person greets me. A short answer is best.", text: GREETING };
}

function work(done: number): Answer {
  const steps: Answer[] = [
    {
      thinking: "First I look at what is there.",
      calls: [
        { name: "read", input: { path: "README.md" } },
        { name: "read", input: { path: "words.py" } },
        { name: "read", input: { path: "notes.md" } },
      ],
    },
    { text: "There is a small script. I write a test for it and run it.", calls: [{ name: "write", input: { path: "test_words.py", content: TEST } }] },
    { calls: [{ name: "edit", input: { path: "words.py", edits: [{ oldText: "print(len(text.split()))", newText: "words = text.split()\nprint(len(words))" }] } }] },
    { calls: [{ name: "bash", input: { command: "ls -l && wc -l words.py test_words.py" } }] },
    { calls: [{ name: "bash", input: { command: "cat missing.txt" } }] },
  ];
  // Three results of the first step count as one.
  return steps[done === 0 ? 0 : done - 2] ?? { text: REPORT };
}

const GREETING = [
  "Hello. I work in this folder: I can **read**, **edit** and **run** things here.\n\n",
  "- ask for a change\n- ask what something does\n- or give me a failing test\n\n",
  "For example:\n\n```rust\n// counts words\nfn main() {\n    let words = 3;\n    println!(\"{words}\");\n}\n```\n\n",
  "See [the guide](https://example.org/guide) or ![a picture](https://example.org/picture.png).\n",
].join("");
const TEST = "import subprocess\n\n\ndef test_counts():\n    out = subprocess.run([\"python3\", \"words.py\"], input=b\"a b c\", capture_output=True)\n    assert out.stdout == b\"3\\n\"\n";
const REPORT = [
  "## Done\n\n| file | change |\n|---|---|\n| `words.py` | names the words |\n| `test_words.py` | new |\n\n",
  "The last command failed on purpose: `missing.txt` does not exist.\n",
].join("");

function numbers(): string {
  return Array.from({ length: WORDS }, (_, index) => `word${index + 1}`).join(" ");
}

function pieces(text: string): string[] {
  return text.match(/\s*\S+|\s+$/g) ?? [];
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function textOf(content: unknown): string {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return "";
  return content.map((part: { text?: string }) => part.text ?? "").join("\n");
}
