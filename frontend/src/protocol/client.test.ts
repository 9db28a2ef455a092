import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Client } from "./client";
import type { SessionInfo, WireError } from "./generated/protocol";
import { forgetful, type Kept } from "./kept";
import { FakeRunner, SESSION } from "./server.testing";
import type { SessionModel } from "./session";
import { initialState, reduce, type Unsent } from "./state";

let runner: FakeRunner;
let client: Client;
let kept: Kept<Unsent>;
let ids = 0;

function start(): Client {
  const made = new Client({
    socket: () => runner.socket(),
    probe: () => Promise.resolve("fine"),
    kept,
    newId: () => {
      ids += 1;
      return `key-${ids}`;
    },
  });
  made.start();
  return made;
}

beforeEach(() => {
  vi.useFakeTimers();
  runner = new FakeRunner();
  kept = forgetful();
  client = start();
});

afterEach(() => {
  client.stop();
  vi.useRealTimers();
});

const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);
const model = (): SessionModel => {
  const found = client.store.getState().open.get(SESSION);
  if (!found) throw new Error("the session is not open");
  return found;
};

/** What the page holds is what the runner holds. */
function expectEqual(): void {
  expect(model().loading).toBe("live");
  expect(model().entries).toEqual(runner.entries);
  expect(JSON.parse(JSON.stringify(model().snapshot))).toEqual(JSON.parse(JSON.stringify(runner.snapshot)));
}

describe("a subscription", () => {
  it("has the past, then what comes", async () => {
    client.open(SESSION);
    await pass(100);
    expectEqual();
    runner.append("session.renamed", { title: "x", by: "person" });
    runner.live("agent.working", { phase: "generating" });
    await pass(500);
    expectEqual();
  });

  it("misses nothing and doubles nothing in a thousand cuts at random moments", async () => {
    client.open(SESSION);
    await pass(50);
    let random = 7;
    const dice = (sides: number): number => {
      random = (random * 1_103_515_245 + 12_345) % 2_147_483_648;
      return random % sides;
    };
    for (let cut = 0; cut < 1_000; cut += 1) {
      for (let more = dice(4); more > 0; more -= 1) {
        if (dice(3) === 0) runner.append("session.renamed", { title: `t${cut}`, by: "person" });
        else runner.live("status", { key: `k${dice(3)}`, text: `v${cut}` });
        await pass(dice(3));
      }
      runner.cut();
      await pass(dice(600));
    }
    await pass(20_000);
    expect(runner.subscriptions).toBeGreaterThan(400);
    expectEqual();
  });

  it("starts anew when the log is another one", async () => {
    client.open(SESSION);
    await pass(50);
    runner.append("session.renamed", { title: "late", by: "person" });
    await pass(300);
    // A restored older history: fewer entries than the page has seen.
    runner.entries.pop();
    runner.snapshot = { ...runner.snapshot, seq: 1, title: "" };
    runner.cut();
    await pass(3_000);
    expectEqual();
  });

  it("is remembered when it is hidden, and goes on from its number", async () => {
    client.open(SESSION);
    await pass(50);
    client.close(SESSION);
    await pass(50);
    runner.append("session.renamed", { title: "meanwhile", by: "person" });
    await pass(500);
    expect(model().snapshot.title).toBe("");
    client.open(SESSION);
    expect(model().entries).toHaveLength(1);
    await pass(500);
    expectEqual();
    expect(runner.asked.at(-1)).toMatchObject({ after: 1 });
  });

  it("asks again when an entry is missing", async () => {
    client.open(SESSION);
    await pass(50);
    runner.entries.push({ seq: 2, ts: 1, event: "session.renamed", data: { title: "unheard", by: "person" } });
    runner.snapshot = { ...runner.snapshot, seq: 2, title: "unheard", updated_at: 1 };
    runner.append("session.renamed", { title: "heard", by: "person" });
    await pass(1_000);
    expectEqual();
  });
});

describe("a prompt", () => {
  it("is shown at once and carried out once, also when its answer is lost", async () => {
    client.open(SESSION);
    await pass(50);
    runner.loseReply = true;
    void client.send(SESSION, "prompt", "hello", []);
    await pass(0);
    expect(client.store.getState().outbox.map((item) => item.text)).toEqual(["hello"]);
    await pass(10_000);
    expect(runner.carriedOut).toEqual(["hello"]);
    expect(client.store.getState().outbox).toEqual([]);
    expect(await kept.all()).toEqual([]);
    expectEqual();
  });

  it("outlives the page: the next one sends it", async () => {
    runner.reachable = false;
    runner.cut();
    await client.send(SESSION, "prompt", "first", []);
    await client.send(SESSION, "prompt", "second", []);
    await pass(5_000);
    client.stop();
    expect(runner.carriedOut).toEqual([]);
    runner.reachable = true;
    client = start();
    client.open(SESSION);
    await pass(15_000);
    expect(runner.carriedOut).toEqual(["first", "second"]);
    expect(client.store.getState().outbox).toEqual([]);
  });

  it("that is refused waits for the person", async () => {
    client.open(SESSION);
    await pass(50);
    await client.send(SESSION, "steer", "no turn runs", []);
    await pass(1_000);
    const [item] = client.store.getState().outbox;
    expect(item?.error?.code).toBe("unknown_command");
    await client.discard(item?.client_id ?? "");
    expect(client.store.getState().outbox).toEqual([]);
  });
});

describe("a prompt that no line holds", () => {
  it("is refused with what to do, and the connection and what follows go on", async () => {
    client.open(SESSION);
    await pass(50);
    const subscriptions = runner.subscriptions;
    // Fewer letters than bytes: it is bytes that count.
    await client.send(SESSION, "prompt", "é".repeat(5 * 1024 * 1024), []);
    await pass(1_000);
    const [item] = client.store.getState().outbox;
    expect(item?.error).toMatchObject({ code: "too_large", retryable: false });
    expect(item?.error?.hint).toContain("a file of the workspace");
    expect(runner.subscriptions).toBe(subscriptions);
    await client.discard(item?.client_id ?? "");
    await client.send(SESSION, "prompt", "x".repeat(3 * 1024 * 1024), []);
    await pass(1_000);
    expect(runner.carriedOut.map((text) => text.length)).toEqual([3 * 1024 * 1024]);
    expectEqual();
  });
});

describe("the list of several runners", () => {
  const row = (id: string, on: string): SessionInfo =>
    ({ id: `ses_${id}`, runner: on, title: id, workspace: "/w", harness: "pi", state: "idle", head: 1, created_at: 1, updated_at: 1, open_inputs: 0 });
  const away: WireError = { code: "unreachable", message: "far is away", retryable: true };

  it("tells which one fails, and shows the others", () => {
    const failed = reduce(initialState, [
      { kind: "sessions", runner: "near", reply: { revision: 1, sessions: [row("a", "near")] } },
      { kind: "list_failed", runner: "far", error: away },
    ]);
    expect([...(failed.sessions?.keys() ?? [])]).toEqual(["ses_a"]);
    expect(failed.listErrors).toEqual({ far: away });
    const again = reduce(failed, [{ kind: "sessions", runner: "near", reply: { revision: 2, sessions: [row("a", "near")] } }]);
    expect(again.listErrors, "the other's list says nothing about this one").toEqual({ far: away });
    const mended = reduce(again, [{ kind: "sessions", runner: "far", reply: { revision: 1, sessions: [row("b", "far")] } }]);
    expect([mended.listErrors, [...(mended.sessions?.keys() ?? [])]]).toEqual([{}, ["ses_a", "ses_b"]]);
  });
});

describe("the connection", () => {
  it("notices a silent death within 15 s of the last sign of life", async () => {
    await pass(50);
    expect(client.store.getState().connection.status).toBe("online");
    await pass(60_000);
    expect(client.store.getState().connection.status).toBe("online");
    runner.deaf = true;
    runner.reachable = false;
    // The last answer to a ping may just have come.
    await pass(25_000);
    expect(client.store.getState().connection.status).toBe("reconnecting");
    runner.deaf = false;
    runner.reachable = true;
    client.nudge();
    await pass(50);
    expect(client.store.getState().connection.status).toBe("online");
  });

  it("stops when the sign-in is gone", async () => {
    client.stop();
    const made = new Client({ socket: () => runner.socket(), probe: () => Promise.resolve("signed_out"), kept });
    made.start();
    await pass(50);
    runner.cut();
    await pass(2_000);
    expect(made.store.getState().connection.status).toBe("signed_out");
    made.stop();
  });

  it("says that it does not understand a newer protocol", async () => {
    client.stop();
    const made = new Client({
      socket: () => {
        const socket = runner.socket();
        setTimeout(() => {
          const data = JSON.stringify({ channel: "system", event: "hello", data: { protocol: 99, software: "x", capabilities: [] } });
          socket.onmessage?.call(socket as WebSocket, new MessageEvent("message", { data }));
        }, 0);
        return socket;
      },
      probe: () => Promise.resolve("fine"),
      kept,
    });
    made.start();
    await pass(50);
    expect(made.store.getState().connection).toEqual({ status: "incompatible", theirs: 99 });
    made.stop();
  });
});
