import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launch, say, shot, turns, visit } from "./browser";
import { startWorld, type World } from "./world";

let world: World;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  world = await startWorld("demo");
  browser = await launch();
  ({ page } = await visit(browser, world.link));
});

afterAll(async () => {
  await browser?.close();
  await world?.stop();
});

it("without a provider the demo model answers, is labelled, and the way to a real one is shown", async () => {
  await page.getByText("Demo model: scripted answers").first().waitFor();
  await page.getByRole("button", { name: "New conversation" }).first().click();
  // What is offered for a first conversation just works.
  await page.waitForFunction(() => document.querySelectorAll("select option").length > 0);
  await page.getByRole("button", { name: "Start", exact: true }).click();
  await page.getByLabel("Message to the agent").waitFor();
  await shot(page, "demo-fresh");
  await say(page, "Show me what you can do");
  await turns(page, 1);
  expect(await page.locator(".step").count()).toBeGreaterThan(0);
  await shot(page, "demo");
  await page.getByRole("button", { name: "Connect a provider" }).click();
  await page.getByText("ANTHROPIC_API_KEY").waitFor();
  await shot(page, "demo-connect");
});
