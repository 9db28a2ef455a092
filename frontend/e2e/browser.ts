// A real Chromium and what a person does in it.
import { existsSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join, resolve } from "node:path";
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from "playwright-core";
import type { World } from "./world";

export const DESKTOP = { viewport: { width: 1280, height: 800 } };
export const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const SHOTS = resolve(import.meta.dirname, "../../target/screenshots");

function program(): string {
  const named = process.env["OQTO_TEST_CHROMIUM"];
  const found = named ?? (process.env["PATH"] ?? "").split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name))).find((path) => existsSync(path));
  if (!found) throw new Error("no Chromium is installed; name one with OQTO_TEST_CHROMIUM");
  return found;
}

export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: program(), args: ["--no-sandbox", "--disable-gpu"] });
}

/** A browser of its own that has opened a sign-in link. What its console complains of is collected. */
export async function visit(
  browser: Browser,
  link: string,
  options: BrowserContextOptions = DESKTOP,
): Promise<{ page: Page; context: BrowserContext; complaints: string[] }> {
  const context = await browser.newContext({ locale: "en-GB", ...options });
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  await page.goto(link);
  await page.getByRole("heading", { name: "Conversations" }).first().waitFor({ state: "attached" });
  return { page, context, complaints };
}

/** An agent may take this long to start on a busy machine, in milliseconds: three programs one after the other. */
const AGENT_STARTS = 80_000;

/** Begins a conversation in the world's folder. What the page says when it cannot is said here. */
export async function begin(page: Page, world: World): Promise<void> {
  await page.keyboard.press("Control+Shift+O");
  await page.getByLabel("Folder").fill(world.work);
  await page.getByRole("button", { name: "Start", exact: true }).click({ timeout: AGENT_STARTS });
  const field = page.getByLabel("Message to the agent");
  const trouble = page.getByRole("dialog").getByRole("alert");
  await field.or(trouble).first().waitFor({ timeout: AGENT_STARTS });
  if (await trouble.count()) throw new Error(`no conversation was begun: ${await trouble.first().innerText()}`);
}

/** Waits until the form for a new conversation knows its agents: the runner has been started, and has asked each for its version. */
export async function agents(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelectorAll("select option").length > 0, undefined, { timeout: AGENT_STARTS });
}

export async function say(page: Page, text: string): Promise<void> {
  const field = page.getByLabel("Message to the agent");
  await field.fill(text);
  await field.press("Enter");
}

/** On a phone Enter makes a new line, so the button sends. */
export async function tap(page: Page, text: string): Promise<void> {
  await page.getByLabel("Message to the agent").fill(text);
  await page.getByRole("button", { name: /^(Send|Queue)/ }).tap();
}

/** Waits until so many turns have ended. */
export async function turns(page: Page, count: number): Promise<void> {
  await page.waitForFunction(
    (wanted) => document.querySelectorAll('.row[data-kind="turn"]').length >= wanted,
    count,
    { timeout: 30_000 },
  );
}

export async function shot(page: Page, name: string): Promise<void> {
  mkdirSync(SHOTS, { recursive: true });
  await page.screenshot({ path: join(SHOTS, `${name}.png`) });
}

/** Nothing is wider than the screen. */
export async function fits(page: Page): Promise<void> {
  const over = await page.evaluate(() =>
    [...document.querySelectorAll(".session-head, .composer-box, .question, .dialog, .sessions, button, h1, h2")]
      .filter((element) => element.checkVisibility() && !element.closest("[data-index]"))
      .filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
      .map((element) => element.outerHTML.slice(0, 100)),
  );
  if (over.length > 0) throw new Error(`wider than the screen: ${over.join(" ")}`);
}

export type Violation = { id: string; impact: string; help: string; nodes: string[] };

/** What axe finds serious or critical. */
export async function violations(page: Page): Promise<Violation[]> {
  const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
  await page.evaluate(await import("node:fs").then(({ readFileSync }) => readFileSync(axe, "utf8")));
  return page.evaluate(async () => {
    type Found = { id: string; impact?: string | null; help: string; nodes: { target: unknown[]; failureSummary?: string }[] };
    const { axe } = window as unknown as { axe: { run: () => Promise<{ violations: Found[] }> } };
    const { violations } = await axe.run();
    return violations
      .filter((one) => one.impact === "serious" || one.impact === "critical")
      .map((one) => ({
        id: one.id,
        impact: one.impact ?? "",
        help: one.help,
        nodes: one.nodes.map((node) => `${node.target.join(" ")}: ${node.failureSummary ?? ""}`),
      }));
  });
}
