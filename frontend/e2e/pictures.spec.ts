import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { begin, launch, shot, turns, visit } from "./browser";
import { startWorld, type World } from "./world";

let world: World;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  world = await startWorld();
  browser = await launch();
  ({ page } = await visit(browser, world.link));
  await begin(page, world);
});

afterAll(async () => {
  await browser?.close();
  await world?.stop();
});

describe("pictures", () => {
  it("are pasted, kept with the draft, sent, and shown again after a reload", async () => {
    await page.getByLabel("Message to the agent").focus();
    await page.evaluate(async () => {
      const canvas = new OffscreenCanvas(320, 200);
      const pen = canvas.getContext("2d");
      if (pen) {
        pen.fillStyle = "#c2410c";
        pen.fillRect(0, 0, 320, 200);
      }
      const data = new DataTransfer();
      data.items.add(new File([await canvas.convertToBlob({ type: "image/png" })], "shot.png", { type: "image/png" }));
      const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
      document.activeElement?.dispatchEvent(event);
    });
    await page.getByAltText("Attached 1").waitFor();
    await page.reload();
    await page.getByAltText("Attached 1").waitFor();
    await page.getByLabel("Message to the agent").fill("what is this, hello?");
    await page.keyboard.press("Enter");
    await turns(page, 1);
    const picture = page.locator('.row[data-kind="user"] img');
    await picture.waitFor();
    await shot(page, "picture");
    await page.reload();
    await picture.waitFor();
    expect(await picture.evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth))).toBe(320);
  });
});
