// One WebSocket that is opened again and again: hello, heartbeat, back-off. It knows frames as texts only.

export type Socket = Pick<WebSocket, "readyState" | "send" | "close" | "onopen" | "onclose" | "onmessage">;

export type ConnectionEvents = {
  /** A text has come. */
  text: (text: string) => void;
  /** The socket is open; the first frame must be sent now. */
  opened: () => void;
  /** The socket is gone; `at` is when the next attempt is made, Unix milliseconds. */
  lost: (at: number) => void;
  /** An attempt begins. */
  trying: () => void;
};

export type ConnectionOptions = {
  socket: () => Socket;
  events: ConnectionEvents;
  /** Asks whether trying again makes sense; `false` stops. */
  worthTrying: () => Promise<boolean>;
  ping: () => string;
  random?: () => number;
};

/** Silence after which the other end is asked for a sign of life, in milliseconds. */
const PING_AFTER = 10_000;
/** Silence after which the other end counts as gone. */
const DEAD_AFTER = 14_500;
const FIRST_DELAY = 250;
const LONGEST_DELAY = 10_000;
/** A socket that does not open in this time is given up. */
const OPEN_WITHIN = 8_000;

export class Connection {
  private socket: Socket | undefined;
  private attempt = 0;
  private heard = 0;
  private opening = 0;
  private next: ReturnType<typeof setTimeout> | undefined;
  private beat: ReturnType<typeof setInterval> | undefined;
  private stopped = false;

  constructor(private readonly options: ConnectionOptions) {}

  start(): void {
    this.stopped = false;
    this.beat ??= setInterval(() => this.check(), 1_000);
    this.open();
  }

  stop(): void {
    this.stopped = true;
    clearInterval(this.beat);
    this.beat = undefined;
    clearTimeout(this.next);
    this.drop();
  }

  /** Sends a text; `false` when there is nothing to send it on. */
  send(text: string): boolean {
    if (this.socket?.readyState !== 1) return false;
    this.socket.send(text);
    return true;
  }

  /** Something (the network, the person) came back: try at once, or find out at once whether the socket still lives. */
  nudge(): void {
    if (this.stopped) return;
    if (!this.socket) {
      clearTimeout(this.next);
      this.attempt = 0;
      this.open();
    } else if (Date.now() - this.heard > 3_000) {
      this.send(this.options.ping());
      // Three seconds for the answer, whatever the silence before.
      this.heard = Math.min(this.heard, Date.now() - DEAD_AFTER + 3_000);
    }
  }

  /** Hello was exchanged: the next loss starts counting anew. */
  settled(): void {
    this.attempt = 0;
  }

  /** Throws the socket away, as if the network had. */
  reset(): void {
    if (this.socket) this.lost(this.socket);
  }

  private open(): void {
    if (this.stopped || this.socket) return;
    this.options.events.trying();
    const socket = this.options.socket();
    this.socket = socket;
    this.opening = Date.now();
    this.heard = Date.now();
    socket.onopen = () => this.options.events.opened();
    socket.onmessage = (message) => {
      this.heard = Date.now();
      if (typeof message.data === "string") this.options.events.text(message.data);
    };
    socket.onclose = () => this.lost(socket);
  }

  private drop(): void {
    const { socket } = this;
    if (!socket) return;
    this.socket = undefined;
    socket.onopen = null;
    socket.onclose = null;
    socket.onmessage = null;
    socket.close();
  }

  private lost(socket: Socket): void {
    if (this.socket !== socket) return;
    this.drop();
    if (this.stopped) return;
    const random = this.options.random ?? Math.random;
    const delay = Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** this.attempt) * (0.5 + random() / 2);
    this.attempt += 1;
    this.options.events.lost(Date.now() + delay);
    this.next = setTimeout(() => void this.again(), delay);
  }

  private async again(): Promise<void> {
    if (await this.options.worthTrying()) this.open();
  }

  private check(): void {
    const { socket } = this;
    if (!socket) return;
    if (socket.readyState === 0) {
      if (Date.now() - this.opening > OPEN_WITHIN) this.lost(socket);
      return;
    }
    const silence = Date.now() - this.heard;
    if (silence > DEAD_AFTER) this.lost(socket);
    else if (silence > PING_AFTER) this.send(this.options.ping());
  }
}
