// Requests and their replies, paired by id on one connection.
import { requestText, wireError, type CommandName, type Params, type Reply, type Target } from "./frames";
import type { WireError } from "./generated/protocol";

/** A request that failed. */
export class Refused extends Error {
  override readonly name = "Refused";

  constructor(readonly error: WireError) {
    super(error.message);
  }
}

/** The wire's form of whatever was thrown. */
export function asWireError(error: unknown): WireError {
  if (error instanceof Refused) return error.error;
  return wireError("internal", error instanceof Error ? error.message : String(error), false);
}

type Pending = {
  resolve: (ok: unknown) => void;
  reject: (error: Refused) => void;
  timer: ReturnType<typeof setTimeout>;
  runner: string | undefined;
};

/** How long a reply may take, in milliseconds, where it is not the usual time. */
const SLOW: Partial<Record<CommandName, number>> = {
  "session.create": 120_000,
  "session.resume": 120_000,
  compact: 900_000,
  fork: 120_000,
  rewind: 60_000,
  get_models: 60_000,
};
const USUAL = 30_000;

/** The longest line of the protocol, in bytes of UTF-8. */
export const MAX_LINE_BYTES = 8 * 1024 * 1024;

/** Whether a text is a line that the other end takes. One that is not would end the connection, again and again. */
function fits(text: string): boolean {
  // A UTF-16 unit has at most three bytes in UTF-8: most texts need not be measured.
  return text.length * 3 <= MAX_LINE_BYTES || new TextEncoder().encode(text).length <= MAX_LINE_BYTES;
}

export class Requests {
  private readonly pending = new Map<string, Pending>();
  private last = 0;

  constructor(private readonly send: (text: string) => boolean) {}

  async call<C extends CommandName>(cmd: C, params: Params<C>, target: Target): Promise<Reply<C>> {
    this.last += 1;
    const id = `c${this.last}`;
    const text = requestText(id, cmd, params, target);
    if (!fits(text)) {
      const hint = "put it into a file of the workspace and name that";
      throw new Refused({ ...wireError("too_large", "this is longer than 8 MiB, which no message may be", false), hint });
    }
    const ok = await new Promise<unknown>((resolve, reject) => {
      const timer = setTimeout(() => {
        this.pending.delete(id);
        reject(new Refused(wireError("timed_out", `no answer to ${cmd} in time`, true)));
      }, SLOW[cmd] ?? USUAL);
      this.pending.set(id, { resolve, reject, timer, runner: target.runner });
      if (!this.send(text)) {
        this.take(id)?.reject(new Refused(wireError("unreachable", "not connected", true)));
      }
    });
    return ok as Reply<C>;
  }

  reply(id: string, ok: unknown): void {
    this.take(id)?.resolve(ok);
  }

  failure(id: string, error: WireError): void {
    this.take(id)?.reject(new Refused(error));
  }

  /** The connection, or the pipe to a runner, is gone: nobody will answer any more. */
  lost(runner?: string): void {
    const error = new Refused(wireError("unreachable", "the connection was lost before the answer came", true));
    for (const [id, pending] of this.pending) {
      if (runner === undefined || pending.runner === undefined || pending.runner === runner) {
        this.take(id)?.reject(error);
      }
    }
  }

  private take(id: string): Pending | undefined {
    const pending = this.pending.get(id);
    if (pending) clearTimeout(pending.timer);
    this.pending.delete(id);
    return pending;
  }
}
