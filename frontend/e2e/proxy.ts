// Stands before the relay: serves the page as it was just built, passes everything else on, and cuts connections when told to.
import { createReadStream, existsSync } from "node:fs";
import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { connect, type AddressInfo, type Socket } from "node:net";
import { extname, join, resolve } from "node:path";
import type { Duplex } from "node:stream";

const DIST = resolve(import.meta.dirname, "../dist");
const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};

export class Proxy {
  private readonly cuttable = new Set<Duplex>();
  private refusing = false;

  private constructor(
    private readonly server: Server,
    private readonly relay: URL,
  ) {
    server.on("request", (incoming: IncomingMessage, response: ServerResponse) => this.request(incoming, response));
    server.on("upgrade", (incoming: IncomingMessage, socket: Duplex, head: Buffer) => this.upgrade(incoming, socket, head));
  }

  static async start(relay: string): Promise<Proxy> {
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    return new Proxy(server, new URL(relay));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** How many sockets are open. */
  get open(): number {
    return this.cuttable.size;
  }

  /** Cuts every socket; `refuse` keeps new ones out until `allow`. */
  cut(refuse: "refuse" | "allow" = "allow"): void {
    this.refusing = refuse === "refuse";
    for (const socket of this.cuttable) socket.destroy();
  }

  allow(): void {
    this.refusing = false;
  }

  stop(): Promise<void> {
    this.cut();
    this.server.closeAllConnections();
    return new Promise((done) => this.server.close(() => done()));
  }

  private headers(incoming: IncomingMessage): IncomingMessage["headers"] {
    const { origin } = incoming.headers;
    return { ...incoming.headers, host: this.relay.host, ...(origin === undefined ? {} : { origin: this.relay.origin }) };
  }

  private request(incoming: IncomingMessage, response: ServerResponse): void {
    const path = new URL(incoming.url ?? "/", this.url).pathname;
    const file = join(DIST, path === "/" ? "index.html" : path);
    if (file.startsWith(DIST) && existsSync(file)) {
      response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream", "content-security-policy": POLICY });
      createReadStream(file).pipe(response);
      return;
    }
    if (this.refusing) {
      response.destroy();
      return;
    }
    const options = { host: this.relay.hostname, port: this.relay.port, method: incoming.method, path: incoming.url, headers: this.headers(incoming) };
    const onward = request(options, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on("error", () => response.destroy());
    incoming.pipe(onward);
  }

  private upgrade(incoming: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (this.refusing) {
      socket.destroy();
      return;
    }
    const onward: Socket = connect(Number(this.relay.port), this.relay.hostname, () => {
      const lines = Object.entries(this.headers(incoming)).map(([name, value]) => `${name}: ${String(value)}`);
      onward.write([`GET ${incoming.url ?? "/"} HTTP/1.1`, ...lines, "", ""].join("\r\n"));
      onward.write(head);
      onward.pipe(socket);
      socket.pipe(onward);
    });
    this.cuttable.add(socket);
    const end = (): void => {
      this.cuttable.delete(socket);
      socket.destroy();
      onward.destroy();
    };
    for (const one of [socket, onward]) one.on("close", end).on("error", end);
  }
}

// The relay's own policy, so that the tests run under it.
const POLICY =
  "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; " +
  "media-src 'self' blob:; worker-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
