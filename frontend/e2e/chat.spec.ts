import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { begin, launch, say, shot, turns, visit } from "./browser";
import { startWorld, type World } from "./world";

let world: World;
let browser: Browser;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  world = await startWorld();
  browser = await launch();
  ({ page, complaints } = await visit(browser, world.link));
});

afterAll(async () => {
  await browser?.close();
  await world?.stop();
});

describe("a first chat", () => {
  it("begins in an empty workspace and gets an answer", async () => {
    await page.getByText("Put an agent to work").waitFor();
    await shot(page, "empty");
    await begin(page, world);
    await say(page, "hello");
    await turns(page, 1);
    const answer = page.locator('.row[data-kind="text"]').last();
    expect(await answer.innerText()).toContain("I work in this folder");
    expect(await answer.locator("img").count()).toBe(0);
    expect(await answer.getByRole("link", { name: "the guide" }).getAttribute("rel")).toContain("noopener");
    await shot(page, "first-chat");
  });

  it("shows what the agent did, a line each, and opens in place", async () => {
    await say(page, "do some work");
    await turns(page, 2);
    await page.getByText("Read 3 files").waitFor();
    await shot(page, "tools");
    await page.getByRole("button", { name: /Edited.*words\.py/ }).click();
    await page.locator('.diff [data-sign="add"]').first().waitFor();
    await shot(page, "tool-open");
    expect(await page.getByRole("button", { name: /Ran.*missing/ }).innerText()).toContain("failed");
  });

  it("says what failed, and offers to send it again", async () => {
    await say(page, "please fail");
    await page.getByRole("button", { name: "Send again" }).waitFor();
    await shot(page, "failed");
  });

  it("has nothing to complain of", () => {
    expect(complaints).toEqual([]);
  });
});
