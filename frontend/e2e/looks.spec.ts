import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { agents, begin, DESKTOP, fits, launch, PHONE, say, shot, tap, turns, violations, visit } from "./browser";
import { startWorld, type World } from "./world";

let world: World;
let browser: Browser;

beforeAll(async () => {
  world = await startWorld();
  browser = await launch();
});

afterAll(async () => {
  await browser?.close();
  await world?.stop();
});

for (const [size, options] of [["desktop", DESKTOP], ["phone", PHONE]] as const) {
  for (const colorScheme of ["light", "dark"] as const) {
    it(`${size}, ${colorScheme}: every place is sound`, async () => {
      const { page, context, complaints } = await visit(browser, await world.newLink(), { ...options, colorScheme });
      const look = async (name: string): Promise<void> => {
        await shot(page, `${size}-${colorScheme}-${name}`);
        await fits(page);
        expect(await violations(page), name).toEqual([]);
      };
      await look("home");
      await page.keyboard.press("Control+Shift+O");
      await page.getByLabel("Folder").waitFor();
      await agents(page);
      await look("new");
      await page.keyboard.press("Escape");
      await begin(page, world);
      await look("fresh");
      await (size === "phone" ? tap(page, "do some work") : say(page, "do some work"));
      await turns(page, 1);
      await page.getByRole("button", { name: /Edited.*words\.py|failed/ }).first().click();
      await look("conversation");
      await (size === "phone" ? tap(page, "be careful") : say(page, "be careful"));
      await page.waitForFunction(() => document.querySelector(".question") && !document.querySelector(".question[data-inert]"));
      await look("question");
      await page.getByRole("button", { name: "Block" }).click();
      await turns(page, 2);
      await page.getByRole("button", { name: /scripted/ }).click();
      await page.locator(".model").first().waitFor();
      await look("model");
      await page.keyboard.press("Escape");
      await page.keyboard.press("Control+K");
      await page.getByRole("combobox", { name: "Command or conversation" }).waitFor();
      await look("palette");
      await page.keyboard.press("Escape");
      if (size === "phone") {
        await page.getByRole("button", { name: "Back to the list" }).click();
        await look("list");
      }
      expect(complaints).toEqual([]);
      await context.close();
    });
  }
}

describe("on a phone", () => {
  it("every button is large enough for a finger", async () => {
    const { page, context } = await visit(browser, await world.newLink(), PHONE);
    await page.locator(".session-row").first().click();
    await page.locator('.row[data-kind="turn"]').first().waitFor();
    const small = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>(".icon-button, .button, .tab, .session-row")]
        .filter((element) => element.checkVisibility() && element.getBoundingClientRect().height < 44)
        .map((element) => element.outerHTML.slice(0, 120)),
    );
    expect(small).toEqual([]);
    await context.close();
  });
});

describe("without a mouse", () => {
  it("one signs in, begins, asks, reads, answers and searches", async () => {
    const { page, context } = await visit(browser, await world.newLink());
    const { keyboard } = page;
    await keyboard.press("Control+Shift+O");
    await page.getByLabel("Folder").waitFor();
    // The folder that is filled in goes with the first letter.
    await page.waitForFunction(() => document.activeElement?.matches("[role=dialog] input") && String(getSelection()) !== "");
    await keyboard.type(world.work);
    expect(await page.getByLabel("Folder").inputValue()).toBe(world.work);
    await agents(page);
    await keyboard.press("Enter");
    await page.getByLabel("Message to the agent").waitFor();
    await page.waitForFunction(() => document.activeElement?.getAttribute("aria-label") === "Message to the agent");
    await keyboard.type("be careful");
    await keyboard.press("Enter");
    await page.waitForFunction(() => document.querySelector(".question") && !document.querySelector(".question[data-inert]"));
    expect(await page.evaluate(() => document.activeElement?.closest(".question, .composer")?.className)).toBeDefined();
    await page.locator(".question h2").focus();
    await keyboard.press("Tab");
    await keyboard.press("Enter");
    await turns(page, 1);
    await keyboard.press("Control+Shift+F");
    await page.getByRole("searchbox", { name: "Search history" }).waitFor();
    await keyboard.type("careful");
    await page.locator(".hit").first().waitFor();
    await keyboard.press("Escape");
    await page.keyboard.press("Control+K");
    await keyboard.type("careful");
    await page.getByRole("option", { name: /careful/ }).first().waitFor();
    await keyboard.press("Enter");
    await page.locator('.row[data-kind="turn"]').first().waitFor();
    await page.getByRole("log").focus();
    await keyboard.press("ArrowUp");
    await page.waitForFunction(() => document.activeElement?.tagName === "ARTICLE");
    await keyboard.press("Home");
    await page.waitForFunction(() => document.activeElement?.getAttribute("aria-posinset") === "1");
    await keyboard.press("Escape");
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("TEXTAREA");
    await context.close();
  });
});
