import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { begin, launch, say, shot, turns, visit } from "./browser";
import { WORDS } from "./model";
import { startWorld, type World } from "./world";

let world: World;
let browser: Browser;

beforeAll(async () => {
  world = await startWorld();
  browser = await launch();
});

afterEach(async () => {
  world.proxy.allow();
  for (const context of browser.contexts()) await context.close();
});

afterAll(async () => {
  await browser?.close();
  await world?.stop();
});

const counted = Array.from({ length: WORDS }, (_, index) => `word${index + 1}`).join(" ");

async function started(): Promise<Page> {
  const { page } = await visit(browser, await world.newLink());
  await begin(page, world);
  await say(page, "please count");
  await page.getByText("word5").waitFor();
  return page;
}

async function answers(page: Page): Promise<string[]> {
  return page.locator('.row[data-kind="text"]').allInnerTexts();
}

describe("in the middle of an answer", () => {
  it("a reload shows what was there, and the rest, once", async () => {
    const page = await started();
    await page.reload();
    await page.getByText("word5").waitFor();
    await turns(page, 1);
    expect(await answers(page)).toEqual([counted]);
    expect(await page.locator('.row[data-kind="user"]').count()).toBe(1);
  });

  it("cut sockets are mended, and nothing is missing or doubled", async () => {
    const page = await started();
    for (let round = 0; round < 6; round += 1) {
      world.proxy.cut();
      await page.waitForFunction(() => document.querySelector(".connection-word[data-up]") === null, undefined, { polling: 20 });
      await page.waitForFunction(() => document.querySelector(".connection-word[data-up]") !== null);
    }
    await turns(page, 1);
    expect(await answers(page)).toEqual([counted]);
  });

  it("a killed runner is started again, and the whole answer is there, once", async () => {
    const page = await started();
    expect(world.kill("oqto-runner")).toBe(1);
    await page.getByText("cannot be reached").or(page.getByText("word30")).first().waitFor();
    await turns(page, 1);
    expect(await answers(page)).toEqual([counted]);
    expect(await page.locator('.row[data-kind="user"]').count()).toBe(1);
  });

  it("a message written while the line is away is kept, shown, and sent once", async () => {
    const page = await started();
    await turns(page, 1);
    world.proxy.cut("refuse");
    await page.getByText("Reconnecting. Agents go on working").waitFor();
    await say(page, "hello after the cut");
    await page.getByText("Sending…").waitFor();
    await shot(page, "reconnecting");
    // Also a reload must not lose it.
    await page.reload();
    await page.getByText(/message will be sent/).waitFor();
    world.proxy.allow();
    await turns(page, 2);
    expect(await page.locator('.row[data-kind="user"]', { hasText: "hello after the cut" }).count()).toBe(1);
    expect(await page.locator('.row[data-kind="unsent"]').count()).toBe(0);
  });

  it("two tabs show the same, and each other's messages", async () => {
    const page = await started();
    const other = await page.context().newPage();
    await other.goto(page.url());
    await other.getByText("word5").waitFor();
    await turns(page, 1);
    await turns(other, 1);
    expect(await answers(other)).toEqual(await answers(page));
    await say(other, "hello from the other tab");
    await turns(page, 2);
    await page.getByText("hello from the other tab").first().waitFor();
    expect(await answers(other)).toEqual(await answers(page));
  });

  it("what was typed survives a reload", async () => {
    const page = await started();
    await page.getByLabel("Message to the agent").fill("half a thou");
    await page.reload();
    await page.getByLabel("Message to the agent").waitFor();
    expect(await page.getByLabel("Message to the agent").inputValue()).toBe("half a thou");
  });
});

describe("a browser that is not signed in", () => {
  it("is told how to get a link, and a used link does not work twice", async () => {
    const link = await world.newLink();
    const { page } = await visit(browser, link);
    await page.context().clearCookies();
    world.proxy.cut();
    await page.getByRole("heading", { name: "Sign in to Oqto" }).waitFor();
    await page.getByText("oqto link").waitFor();
    await shot(page, "signed-out");
    await page.goto(link);
    await page.getByText("This link no longer works").waitFor();
    await page.goto(await world.newLink());
    await page.getByRole("heading", { name: "Conversations" }).first().waitFor({ state: "attached" });
  });
});
