// Prompts that are not known to be durable yet. Each has a key; sent again after a cut it has the same outcome, so
// sending twice is harmless and losing one is not possible while the browser keeps its storage.
import type { Kept } from "./kept";
import { asWireError } from "./requests";
import type { Prompted, SessionId } from "./generated/protocol";
import type { Unsent } from "./state";

export type OutboxOptions = {
  kept: Kept<Unsent>;
  send: (item: Unsent) => Promise<Prompted>;
  online: () => boolean;
  changed: (items: readonly Unsent[]) => void;
  /** Waits; the tests' clock is another. */
  pause?: (ms: number) => Promise<void>;
};

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 8_000;

export class Outbox {
  private items: readonly Unsent[] = [];
  private readonly busy = new Set<SessionId>();

  constructor(private readonly options: OutboxOptions) {}

  /** Takes up what an earlier page left behind. */
  async restore(): Promise<void> {
    const left = await this.options.kept.all().catch(() => []);
    const known = new Set(this.items.map((item) => item.client_id));
    const older = left.filter((item) => !known.has(item.client_id)).sort((a, b) => a.created_at - b.created_at);
    this.set([...older, ...this.items]);
    this.wake();
  }

  /** Takes a prompt; it is shown at once and kept before it is sent. */
  async add(item: Unsent): Promise<void> {
    this.set([...this.items, item]);
    await this.options.kept.put(item.client_id, item).catch(() => undefined);
    this.wake();
  }

  /** The person wants a failed one to be tried again. */
  retry(client_id: string): void {
    this.change(client_id, { error: undefined });
    this.wake();
  }

  /** The person takes one back. */
  async discard(client_id: string): Promise<void> {
    this.set(this.items.filter((item) => item.client_id !== client_id));
    await this.options.kept.remove(client_id).catch(() => undefined);
  }

  /** What the log shows by now is not shown here any more. */
  settled(left: readonly Unsent[]): void {
    this.items = left;
  }

  /** Sends what can be sent: one after the other for each session, so that their order stays. */
  wake(): void {
    for (const session of new Set(this.items.map((item) => item.session))) void this.work(session);
  }

  private async work(session: SessionId): Promise<void> {
    if (this.busy.has(session)) return;
    this.busy.add(session);
    try {
      let pause = FIRST_PAUSE;
      for (let item = this.next(session); item && this.options.online(); item = this.next(session)) {
        if (await this.attempt(item)) {
          pause = FIRST_PAUSE;
        } else {
          await (this.options.pause ?? sleep)(pause);
          pause = Math.min(LONGEST_PAUSE, pause * 2);
        }
      }
    } finally {
      this.busy.delete(session);
    }
  }

  /** The oldest that waits; a failed one holds back what came after it, until a person decides. */
  private next(session: SessionId): Unsent | undefined {
    const first = this.items.find((item) => item.session === session && item.seq === undefined);
    return first?.error ? undefined : first;
  }

  private async attempt(item: Unsent): Promise<boolean> {
    try {
      const { seq } = await this.options.send(item);
      this.change(item.client_id, { seq });
      await this.options.kept.remove(item.client_id).catch(() => undefined);
      return true;
    } catch (thrown) {
      const error = asWireError(thrown);
      if (error.retryable) return false;
      this.change(item.client_id, { error });
      return true;
    }
  }

  private change(client_id: string, change: Partial<Unsent>): void {
    this.set(this.items.map((item) => (item.client_id === client_id ? { ...item, ...change } : item)));
  }

  private set(items: readonly Unsent[]): void {
    this.items = items;
    this.options.changed(items);
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
