// A world of its own for the page's tests: home, real Pi, scripted model, real relay, runner, holders and history.
import { spawn, type ChildProcess } from "node:child_process";
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { Model } from "./model";
import { Proxy } from "./proxy";

const CHECKOUT = resolve(import.meta.dirname, "../..");
const READY_WITHIN = 30_000;

export type World = {
  root: string;
  work: string;
  model: Model;
  proxy: Proxy;
  /** Signs in, once. */
  link: string;
  /** Another link that signs in. */
  newLink: () => Promise<string>;
  /** Kills the processes of one program of this world, or sends them another signal; gives how many there were. */
  kill: (program: string, signal?: NodeJS.Signals) => number;
  /** Puts another program in Pi's place, or none; `undefined` brings the real one back. */
  replacePi: (script: string | null | undefined) => void;
  stop: () => Promise<void>;
};

/** `demo`: no provider is connected, so the built-in demo model answers. `gateway`: agents ask the gateway for the model. */
export async function startWorld(provider: "scripted" | "demo" | "gateway" = "scripted"): Promise<World> {
  // A short name: the path of a Unix socket has room for 107 bytes.
  const root = mkdtempSync(join(tmpdir(), "oqw"));
  const folder = (name: string): string => {
    mkdirSync(join(root, name), { recursive: true });
    return join(root, name);
  };
  const work = folder("work");
  const environment = {
    ...Object.fromEntries(["PATH", "LANG"].flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : []))),
    HOME: folder("home"),
    XDG_CONFIG_HOME: folder("config"),
    XDG_DATA_HOME: folder("data"),
    XDG_STATE_HOME: folder("state"),
    XDG_CACHE_HOME: folder("cache"),
    XDG_RUNTIME_DIR: folder("run"),
    OQTO_BIN_DIR: binaries(),
    OQTO_LISTEN: "127.0.0.1:0",
    SHELL: "/bin/sh",
    ...(provider === "gateway" ? { OPENAI_API_KEY: PLANTED } : {}),
  };
  chmodSync(join(root, "run"), 0o700);
  const model = await Model.start();
  if (provider === "gateway") connectGateway(join(root, "config/oqto"), model);
  furnish(root, work, provider === "scripted" ? model : undefined);
  const relay = spawn(join(binaries(), "oqto"), ["serve"], {
    env: environment,
    cwd: work,
    stdio: ["ignore", "pipe", openSync(join(root, "relay.log"), "a")],
  });
  const printed = await firstLink(relay, root);
  const at = new URL(printed);
  const proxy = await Proxy.start(at.origin);
  const through = (link: string): string => link.replace(new URL(link).origin, proxy.url);
  return {
    root,
    work,
    model,
    proxy,
    link: through(printed),
    newLink: async () => through(await linkOf(environment, work)),
    kill: (program, signal) => signalIn(root, (command) => command.split("\0")[0]?.endsWith(`/${program}`) ?? false, signal),
    replacePi: (script) => replacePi(root, script),
    stop: async () => {
      await proxy.stop();
      relay.kill("SIGTERM");
      endAll(root);
      await model.stop();
      rmSync(root, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** The provider's key: the page may never show it. */
export const PLANTED = "sk-planted-with-the-gateway";

/** The gateway in front of the scripted model, which costs enough for a budget to be used up. */
function connectGateway(config: string, model: Model): void {
  mkdirSync(config, { recursive: true });
  const prices = "cost = { input = 300.0, output = 600.0, cache_read = 30.0, cache_write = 300.0 }";
  const models = `models = [{ id = "scripted", context = 128000, max_output = 2000, reasoning = true, ${prices} }]`;
  const provider = `kind = "openai_compatible"\nbase_url = "${model.url}"\napi_key = "env:OPENAI_API_KEY"\n${models}\n`;
  writeFileSync(join(config, "eavs.toml"), `[providers.local]\n${provider}`);
  writeFileSync(join(config, "config.toml"), '[gateway]\nenabled = true\nlisten = "127.0.0.1:0"\n');
  const budget = "budget_usd = 1.0\nbudget_max_usd = 20.0\nbudget_max_tokens = \"unlimited\"";
  writeFileSync(join(config, "runner.toml"), `[gateway]\nmodel = "local/scripted"\n${budget}\n`);
}

function binaries(): string {
  const folder = process.env["OQTO_BIN_DIR"] ?? join(CHECKOUT, "target/debug");
  for (const name of ["oqto", "oqto-runner", "oqto-hold", "hstry", "eavs"]) {
    if (!existsSync(join(folder, name))) throw new Error(`${join(folder, name)} is not built; run: cargo build --bins`);
  }
  return folder;
}

/** Pi as `cargo xtask` installs it, or where the variable says. */
function pi(): string {
  const modules = join(CHECKOUT, "target/pi/0.87.1/node_modules");
  const program = process.env["OQTO_TEST_PI_087"] ?? join(modules, "@earendil-works/pi-coding-agent/dist/cli.js");
  const bun = process.env["OQTO_TEST_BUN"] ?? join(modules, ".bin/bun");
  for (const path of [program, bun]) {
    if (!existsSync(path)) throw new Error(`${path} is not there; install it with: cargo xtask test --only setup`);
  }
  return `#!/bin/sh\nexec "${bun}" "${program}" "$@"\n`;
}

function furnish(root: string, work: string, model: Model | undefined): void {
  const agent = join(root, "home/.pi/agent");
  mkdirSync(join(agent, "extensions"), { recursive: true });
  if (model) connect(agent, model);
  copyFileSync(join(CHECKOUT, "tests/e2e/fixtures/asking.ts"), join(agent, "extensions/asking.ts"));
  const bin = join(root, "bin");
  mkdirSync(bin);
  replacePi(root, undefined);
  writeFileSync(join(root, "home/.profile"), `PATH="${bin}:$PATH"\nexport PATH\n`);
  writeFileSync(join(work, "README.md"), "# Words\n\nCounts words.\n");
  writeFileSync(join(work, "words.py"), "import sys\n\ntext = sys.stdin.read()\nprint(len(text.split()))\n");
  writeFileSync(join(work, "notes.md"), "- count lines too\n");
}

function replacePi(root: string, script: string | null | undefined): void {
  const program = join(root, "bin/pi");
  rmSync(program, { force: true });
  if (script === null) return;
  writeFileSync(program, script ?? pi());
  chmodSync(program, 0o755);
}

/** Pi's own configuration, as a person would have it. */
function connect(agent: string, model: Model): void {
  const models = ["scripted", "scripted-2"].map((id) => ({
    id,
    name: id === "scripted" ? "Scripted" : "Scripted, the second",
    reasoning: true,
    input: ["text", "image"],
    contextWindow: 128_000,
    maxTokens: 8192,
    cost: { input: 1, output: 2, cacheRead: 0, cacheWrite: 0 },
  }));
  const compat = { supportsDeveloperRole: false, supportsReasoningEffort: false };
  const provider = { baseUrl: model.url, api: "openai-completions", apiKey: "none", compat, models };
  writeFileSync(join(agent, "models.json"), JSON.stringify({ providers: { local: provider } }));
  writeFileSync(join(agent, "settings.json"), JSON.stringify({ defaultProvider: "local", defaultModel: "scripted" }));
}

function firstLink(relay: ChildProcess, root: string): Promise<string> {
  return new Promise((done, failed) => {
    const fail = (why: string): void => {
      failed(new Error(`oqto serve ${why}: ${readFileSync(join(root, "relay.log"), "utf8")}`));
    };
    const timer = setTimeout(() => fail("printed no link in time"), READY_WITHIN);
    relay.on("exit", (code) => fail(`ended with ${String(code)}`));
    if (!relay.stdout) return fail("has no stdout");
    createInterface({ input: relay.stdout }).on("line", (line) => {
      const link = /http:\/\/\S+\/login\?token=\S+/.exec(line)?.[0];
      if (!link) return;
      clearTimeout(timer);
      relay.removeAllListeners("exit");
      done(link);
    });
  });
}

function linkOf(environment: NodeJS.ProcessEnv, cwd: string): Promise<string> {
  const child = spawn(join(binaries(), "oqto"), ["link"], { env: environment, cwd, stdio: ["ignore", "pipe", "inherit"] });
  return new Promise((done, failed) => {
    let text = "";
    child.stdout.on("data", (piece: Buffer) => (text += piece.toString()));
    child.on("exit", () => {
      const link = /http:\/\/\S+\/login\?token=\S+/.exec(text)?.[0];
      if (link) done(link);
      else failed(new Error(`oqto link printed no link: ${text}`));
    });
  });
}

/** Ends every process of this world: holders outlive their runner on purpose. */
function endAll(root: string): void {
  for (let round = 0; round < 3; round += 1) signalIn(root, () => true);
}

/** Sends a signal to processes of this world, found by its folder in their environment. */
function signalIn(root: string, which: (command: string) => boolean, signal: NodeJS.Signals = "SIGKILL"): number {
  let found = 0;
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      const ours = readFileSync(`/proc/${pid}/environ`, "utf8").includes(`${root}/`) && Number(pid) !== process.pid;
      if (!ours || !which(readFileSync(`/proc/${pid}/cmdline`, "utf8"))) continue;
      process.kill(Number(pid), signal);
      found += 1;
    } catch {
      // Gone meanwhile, or not ours.
    }
  }
  return found;
}
