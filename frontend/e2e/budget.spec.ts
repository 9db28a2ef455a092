import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { begin, DESKTOP, fits, launch, PHONE, say, shot, tap, turns, violations, visit } from "./browser";
import { PLANTED, startWorld, type World } from "./world";

let world: World;
let browser: Browser;

beforeAll(async () => {
  world = await startWorld("gateway");
  browser = await launch();
});

afterAll(async () => {
  await browser?.close();
  await world?.stop();
});

const USED_UP = "The budget of this conversation is used up";

async function looks(page: Page, name: string): Promise<void> {
  await shot(page, `budget-${name}`);
  await fits(page);
  expect(await violations(page), name).toEqual([]);
}

/** What the person reads has no key in it, and nothing that only a program reads. */
async function isPlain(page: Page): Promise<void> {
  const text = await page.locator("body").innerText();
  for (const raw of [PLANTED, "eavs_", '{"', "402", "budget_exceeded", "this key"]) expect(text).not.toContain(raw);
}

/** Begins, works until nothing of the budget is left, and opens the way on. */
async function usedUp(options: BrowserContextOptions, phone: boolean): Promise<Page> {
  const { page } = await visit(browser, await world.newLink(), options);
  await begin(page, world);
  await (phone ? tap(page, "do some work") : say(page, "do some work"));
  await turns(page, 1);
  await page.getByText(USED_UP).waitFor();
  expect(await page.getByText(USED_UP).count()).toBe(1);
  await isPlain(page);
  return page;
}

it("a budget that is used up is told, raised, and the agent goes on", async () => {
  const page = await usedUp(DESKTOP, false);
  const gauge = page.getByRole("button", { name: /^Budget: \$\S+ of \$1\.00\. Change it$/ });
  await gauge.waitFor();
  await looks(page, "used-up");
  await page.emulateMedia({ colorScheme: "dark" });
  await looks(page, "used-up-dark");
  // With the keyboard alone.
  await page.getByRole("button", { name: "Raise the budget…" }).focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Budget of this conversation" });
  const dollars = dialog.getByLabel("US dollars");
  await page.waitForFunction(() => document.querySelector<HTMLInputElement>("[role=dialog] input")?.value === "2.00");
  await page.waitForFunction(() => document.activeElement?.matches("[role=dialog] input"));
  await looks(page, "dialog-dark");
  await page.emulateMedia({ colorScheme: "light" });
  await looks(page, "dialog");
  await page.keyboard.type("much");
  await page.keyboard.press("Enter");
  await dialog.getByText("This is not an amount in dollars").waitFor();
  await dollars.focus();
  await page.keyboard.press("Control+A");
  await page.keyboard.type("30");
  await page.keyboard.press("Enter");
  await dialog.getByText("A conversation may cost $20.00 at most on this runner").waitFor();
  await looks(page, "refused");
  await dollars.focus();
  await page.keyboard.press("Control+A");
  await page.keyboard.type("10");
  await page.keyboard.press("Enter");
  await turns(page, 2);
  await page.getByText("Budget: $10.00").waitFor();
  await page.getByText("I work in this folder").waitFor();
  await page.getByRole("button", { name: /^Budget: \$\S+ of \$10\.00\. Change it$/ }).click();
  await dialog.getByText(/^Used: /).waitFor();
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  await page.waitForFunction(() => document.activeElement?.getAttribute("aria-label")?.startsWith("Budget: "));
  await isPlain(page);
  await looks(page, "raised");
});

it("on a phone, in the dark, it is raised with a finger", async () => {
  const page = await usedUp({ ...PHONE, colorScheme: "dark" }, true);
  await looks(page, "phone-used-up");
  await page.getByRole("button", { name: "Raise the budget…" }).tap();
  const dialog = page.getByRole("dialog", { name: "Budget of this conversation" });
  await page.waitForFunction(() => document.querySelector<HTMLInputElement>("[role=dialog] input")?.value === "2.00");
  await looks(page, "phone-dialog");
  await dialog.getByLabel("US dollars").fill("12");
  await dialog.getByRole("button", { name: "Raise and go on" }).tap();
  await turns(page, 2);
  await page.getByText("I work in this folder").waitFor();
  await page.getByRole("button", { name: "Conversation menu" }).tap();
  await page.getByRole("menuitem", { name: "Budget…" }).tap();
  await dialog.getByText(/^Used: /).waitFor();
  await page.keyboard.press("Escape");
  await page.waitForFunction(() => document.activeElement?.getAttribute("aria-label") === "Conversation menu");
  await page.getByRole("button", { name: "Conversation menu" }).tap();
  await page.getByRole("menuitem", { name: "Budget…" }).tap();
  await dialog.getByLabel("Tokens, read and written").fill("5000000");
  await dialog.getByRole("button", { name: "Save" }).tap();
  await page.getByText("Budget: 5m tokens").waitFor();
  await looks(page, "phone-raised");
});

it("without the gateway nothing of it shows", async () => {
  const plain = await startWorld();
  try {
    const { page } = await visit(browser, await plain.newLink());
    await begin(page, plain);
    await say(page, "do some work");
    await turns(page, 1);
    await page.getByRole("button", { name: "Conversation menu" }).click();
    await page.getByRole("menuitem", { name: "Rename…" }).waitFor();
    expect(await page.getByText(/budget/i).count()).toBe(0);
  } finally {
    await plain.stop();
  }
});
