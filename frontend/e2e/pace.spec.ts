import type { Browser, Page, WebSocketRoute } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { DESKTOP, launch, shot } from "./browser";
import { Proxy } from "./proxy";

// A long conversation and a fast model, exact and repeatable: the page's socket ends in this file.
const SESSION = "ses_01kaaaaaaaaaaaaaaaaaaaaaaa";
const TURNS = 2_500;
const MESSAGES = TURNS * 4;

let browser: Browser;
let proxy: Proxy;

beforeAll(async () => {
  browser = await launch();
  proxy = await Proxy.start("http://127.0.0.1:9");
});

afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
});

afterAll(async () => {
  await browser?.close();
  await proxy?.stop();
});

type Entry = { seq: number; ts: number; event: string; data: unknown };

function history(): Entry[] {
  const entries: Entry[] = [];
  const add = (event: string, data: unknown): void => {
    entries.push({ seq: entries.length + 1, ts: 1_763_710_000_000 + entries.length, event, data });
  };
  add("session.created", { harness: "pi", workspace: "/w" });
  const message = (id: string, role: string, parts: unknown[], turn: string): void =>
    add("message", { turn, message: { id: `msg_${id}`, role, parts, created_at: 1_763_710_000_000 + entries.length } });
  for (let n = 0; n < TURNS; n += 1) {
    const turn = `trn_${n}`;
    add("turn.started", { turn, message: `msg_${n}u` });
    message(`${n}u`, "user", [{ type: "text", text: `Question ${n}: what is in \`file${n}.rs\`?` }], turn);
    const call = { type: "tool_call", tool_call_id: `call_${n}`, name: "read", input: { path: `src/file${n}.rs` } };
    message(`${n}c`, "assistant", [call], turn);
    const result = { type: "tool_result", tool_call_id: `call_${n}`, output: "fn main() {}\n", is_error: false, duration_ms: 3 };
    message(`${n}r`, "tool", [result], turn);
    const text = `Answer ${n}.\n\n- it has **one** function\n- and ${n} lines\n\n\`\`\`rust\nfn main() { println!("${n}"); }\n\`\`\`\n\nThat is all.`;
    message(`${n}a`, "assistant", [{ type: "text", text }], turn);
    add("turn.ended", { turn, reason: "done", duration_ms: 900 });
  }
  return entries;
}

const ENTRIES = history();
const SNAPSHOT = {
  session: SESSION,
  log: "log_1",
  seq: ENTRIES.length,
  state: "idle",
  title: "A long one",
  workspace: "/w",
  harness: "pi",
  capabilities: ["abort", "steer"],
  tools: [],
  inputs: [],
  queue: [],
  hidden: [],
  statuses: {},
  created_at: 1,
  updated_at: 1_763_710_000_000,
};
const ROW = { ...SNAPSHOT, id: SESSION, runner: "local", head: ENTRIES.length, open_inputs: 0 };

type Asked = { tail?: number; after?: number; before?: number; limit?: number };

/** The other end of the page's socket. */
class Far {
  constructor(readonly socket: WebSocketRoute) {
    socket.onMessage((text) => this.receive(JSON.parse(String(text)) as { id?: string; cmd?: string; params: Asked }));
  }

  give(frame: unknown): void {
    this.socket.send(JSON.stringify(frame));
  }

  live(event: string, data: unknown): void {
    this.give({ channel: "agent", session: SESSION, ts: Date.now(), event, data });
  }

  entry(seq: number, event: string, data: unknown): void {
    this.give({ channel: "agent", session: SESSION, seq, ts: Date.now(), event, data });
  }

  private receive({ id, cmd, params }: { id?: string; cmd?: string; params: Asked }): void {
    const ok = (value: unknown): void => this.give({ channel: "agent", id, ok: value });
    if (!cmd) return this.give({ channel: "system", event: "hello", data: { protocol: 1, software: "test", capabilities: [] } });
    if (cmd === "sessions.watch") return ok({ revision: 1, sessions: [ROW] });
    if (cmd === "get_messages") return ok(page(params.before ?? Infinity, params.limit ?? 50));
    if (cmd !== "subscribe") return ok({});
    const from = params.after ?? ENTRIES.length - (params.tail ?? ENTRIES.length);
    ok({ log: "log_1", head: ENTRIES.length, from, reset: false });
    for (const entry of ENTRIES.slice(from)) this.entry(entry.seq, entry.event, entry.data);
    this.live("session.snapshot", SNAPSHOT);
  }
}

function page(before: number, limit: number): unknown {
  const all = ENTRIES.filter((entry) => entry.event === "message" && entry.seq < before);
  const messages = all.slice(-limit).map(({ seq, data }) => ({ seq, message: (data as { message: unknown }).message }));
  return { messages, more: all.length > limit };
}

async function open(path = ""): Promise<{ page: Page; far: Far }> {
  const context = await browser.newContext(DESKTOP);
  const tab = await context.newPage();
  const found = new Promise<Far>((done) => {
    void tab.routeWebSocket(/\/api\/ws\/mux/, (socket) => done(new Far(socket)));
  });
  await tab.goto(`${proxy.url}/#/s/${SESSION}${path}`);
  await tab.getByText(path ? "Answer" : `Answer ${TURNS - 1}.`).first().waitFor();
  return { page: tab, far: await found };
}

function startAnswer(far: Far, id: string): number {
  const next = ENTRIES.length + 1;
  far.entry(next, "turn.started", { turn: `trn_${id}`, message: `msg_${id}u` });
  far.entry(next + 1, "message", {
    turn: `trn_${id}`,
    message: { id: `msg_${id}u`, role: "user", parts: [{ type: "text", text: "go" }], created_at: Date.now() },
  });
  far.live("stream.message_start", { message_id: `msg_${id}a`, role: "assistant", turn: `trn_${id}` });
  return next + 2;
}

/** Distance from the end, in pixels. */
const fromEnd = (tab: Page): Promise<number> =>
  tab.getByRole("log").evaluate((log) => log.scrollHeight - log.clientHeight - log.scrollTop);

describe(`a conversation of ${MESSAGES} messages`, () => {
  it("opens at its end, quickly, and draws only what is near", async () => {
    const { page: tab } = await open();
    await tab.waitForFunction(() => {
      const log = document.querySelector('[role="log"]');
      return log && log.scrollHeight - log.clientHeight - log.scrollTop < 4;
    });
    await shot(tab, "long");
    const nodes = await tab.evaluate(() => document.querySelectorAll(".transcript *").length);
    expect(nodes).toBeLessThan(1_500);
    const ms = await tab.evaluate(async () => {
      const began = performance.now();
      location.hash = "#/";
      await new Promise((done) => setTimeout(done, 300));
      const again = performance.now();
      location.hash = "#/s/ses_01kaaaaaaaaaaaaaaaaaaaaaaa";
      while (!document.querySelector(".transcript .markdown")) await new Promise((done) => requestAnimationFrame(done));
      return { first: again - began, open: performance.now() - again };
    });
    console.log(`again ${ms.open.toFixed(0)} ms, ${nodes} nodes`);
    // 60 ms is the aim; a busy machine must not fail it, a list that is not virtual must.
    expect(ms.open).toBeLessThan(500);
    await expect.poll(() => fromEnd(tab)).toBeLessThan(4);
  });

  it("pages back without moving what is read", async () => {
    const { page: tab } = await open();
    const log = tab.getByRole("log");
    await log.hover();
    for (let round = 0; round < 60; round += 1) {
      await tab.mouse.wheel(0, -3_000);
      await tab.waitForTimeout(25);
    }
    const first = await tab.evaluate(() => Number(/Question (\d+)/.exec(document.querySelector(".said-body")?.textContent ?? "")?.[1]));
    // The tail has 80 turns; whoever sees an earlier one has paged.
    expect(first).toBeLessThan(TURNS - 90);
  });

  it("goes to an old message that is not loaded", async () => {
    const wanted = ENTRIES.find((entry) => JSON.stringify(entry.data).includes(`Answer ${TURNS - 300}.`));
    const { page: tab } = await open(`?at=${wanted?.seq ?? 0}`);
    await tab.locator(".row[data-lit]", { hasText: `Answer ${TURNS - 300}.` }).waitFor();
  });
});

describe("while an answer streams", () => {
  it("a reader at the end stays there, one who scrolled up is left alone and told", async () => {
    const { page: tab, far } = await open();
    let seq = startAnswer(far, "s");
    let written = "";
    const more = (text: string): void => {
      far.live("stream.text_delta", { message_id: "msg_sa", part: 0, offset: written.length, delta: text });
      written += text;
    };
    for (let n = 0; n < 40; n += 1) {
      more(`Paragraph ${n} of the answer.\n\n`);
      await tab.waitForTimeout(15);
    }
    await tab.getByText("Paragraph 39").waitFor();
    expect(await fromEnd(tab)).toBeLessThan(80);
    await tab.getByRole("log").hover();
    await tab.mouse.wheel(0, -600);
    await tab.waitForTimeout(200);
    const place = await tab.getByRole("log").evaluate((log) => log.scrollTop);
    for (let n = 40; n < 60; n += 1) {
      more(`Paragraph ${n} of the answer.\n\n`);
      await tab.waitForTimeout(15);
    }
    await tab.waitForTimeout(300);
    expect(await tab.getByRole("log").evaluate((log) => log.scrollTop)).toBeCloseTo(place, -1);
    far.entry(seq, "message", { turn: "trn_s", message: { id: "msg_sa", role: "assistant", parts: [{ type: "text", text: `${written}Kept.` }], created_at: 1 } });
    seq += 1;
    far.entry(seq, "turn.ended", { turn: "trn_s", reason: "done", duration_ms: 5 });
    const pill = tab.locator(".news");
    await pill.waitFor();
    await pill.click();
    await tab.getByText("Kept.").waitFor();
    await expect.poll(() => fromEnd(tab), { timeout: 5_000 }).toBeLessThan(80);
  });

  it("500 tokens a second leave the page at ease", async () => {
    const { page: tab, far } = await open();
    await tab.evaluate(() => {
      const frames: number[] = [];
      let last = performance.now();
      const step = (now: number): void => {
        frames.push(now - last);
        last = now;
        requestAnimationFrame(step);
      };
      requestAnimationFrame(step);
      Object.assign(window, { frames });
    });
    const frames = (): Promise<number[]> =>
      tab.evaluate(() => (window as unknown as { frames: number[] }).frames.splice(0).toSorted((a, b) => a - b));
    const p95of = (sorted: number[]): number => sorted[Math.floor(sorted.length * 0.95)] ?? 0;
    // The yardstick: the same page on the same machine while nothing comes.
    await tab.waitForTimeout(2_000);
    const idle = p95of(await frames());
    startAnswer(far, "f");
    let offset = 0;
    const words = "Some **bold** words, `code`, and [a link](https://example.org).\n\n- a point\n- another\n\n".split(/(?<= )/);
    const began = Date.now();
    let sent = 0;
    while (Date.now() - began < 5_000) {
      const due = Math.floor(((Date.now() - began) / 1_000) * 500);
      for (; sent < due; sent += 1) {
        const delta = words[sent % words.length] ?? "";
        far.live("stream.text_delta", { message_id: "msg_fa", part: 0, offset, delta });
        offset += delta.length;
      }
      await new Promise((done) => setTimeout(done, 8));
    }
    const typed = await tab.evaluate(async () => {
      const field = document.querySelector<HTMLTextAreaElement>(".composer textarea");
      const began = performance.now();
      field?.focus();
      document.execCommand("insertText", false, "x");
      await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
      return performance.now() - began;
    });
    const sorted = await frames();
    const p95 = p95of(sorted);
    console.log(`${sent} tokens: ${(sorted.length / 5).toFixed(0)} fps, p95 frame ${p95.toFixed(1)} ms (idle ${idle.toFixed(1)} ms), worst ${sorted.at(-1)?.toFixed(0)} ms, key to paint ${typed.toFixed(0)} ms`);
    // 25 and 50 ms are the aims; a busy machine must not fail them, drawing the whole text anew with every token must.
    expect(p95).toBeLessThan(150);
    expect(typed).toBeLessThan(200);
  });
});
