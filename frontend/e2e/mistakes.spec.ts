import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { agents, begin, launch, say, turns, visit } from "./browser";
import { WORDS } from "./model";
import { startWorld, type World } from "./world";

let world: World;
let browser: Browser;

beforeAll(async () => {
  world = await startWorld();
  browser = await launch();
});

afterEach(async () => {
  world.replacePi(undefined);
  for (const context of browser.contexts()) await context.close();
});

afterAll(async () => {
  await browser?.close();
  await world?.stop();
});

/** Tries to begin a conversation; gives what the page says against it. */
async function refused(page: Page, folder: string, model?: string): Promise<Locator> {
  await page.keyboard.press("Control+Shift+O");
  await agents(page);
  await page.getByLabel("Folder").fill(folder);
  if (model) await page.getByLabel("Model", { exact: true }).fill(model);
  await page.getByRole("button", { name: "Start", exact: true }).click();
  const trouble = page.getByRole("dialog").getByRole("alert");
  await trouble.first().waitFor({ timeout: 60_000 });
  return trouble.first();
}

const pretending = (then: string): string =>
  `#!/bin/sh\nif [ "$1" = --version ]; then echo 0.87.1; exit; fi\n${then}\n`;

describe("a conversation that cannot begin", () => {
  it("says that the folder does not exist, and how to make it; then it begins", async () => {
    const { page } = await visit(browser, await world.newLink());
    const folder = join(world.work, "not there");
    const trouble = await refused(page, folder);
    expect(await trouble.innerText()).toContain("does not exist");
    expect(await trouble.locator("code").innerText()).toBe(`make it first: mkdir -p '${folder}'`);
    await page.getByLabel("Folder").fill(world.work);
    await page.getByRole("button", { name: "Start", exact: true }).click();
    await page.getByLabel("Message to the agent").waitFor({ timeout: 60_000 });
  });

  it("says that it is a file", async () => {
    const { page } = await visit(browser, await world.newLink());
    writeFileSync(join(world.work, "plain"), "");
    const trouble = await refused(page, join(world.work, "plain"));
    expect(await trouble.innerText()).toContain("is not a directory");
  });

  it("says that there is no such model", async () => {
    const { page } = await visit(browser, await world.newLink());
    const trouble = await refused(page, world.work, "local/none");
    expect(await trouble.innerText()).toContain("none");
    expect(await trouble.locator("code").innerText()).not.toBe("");
  });

  it("says what the agent said when it ended at once", async () => {
    const { page } = await visit(browser, await world.newLink());
    world.replacePi(pretending("echo 'bad option' >&2; exit 5"));
    const trouble = await refused(page, world.work);
    expect(await trouble.innerText()).toContain("ended with code 5: bad option");
    expect(await trouble.locator("code").innerText()).toContain("oqtoctl doctor");
  });

  it("says how to install an agent that is not there", async () => {
    const { page } = await visit(browser, await world.newLink());
    world.replacePi(null);
    await page.keyboard.press("Control+Shift+O");
    const trouble = page.getByRole("dialog").getByRole("alert");
    await trouble.first().waitFor({ timeout: 60_000 });
    expect(await trouble.first().innerText()).toContain("Pi is not installed");
    expect(await trouble.first().locator("code").innerText()).toContain("npm install --global");
  });
});

describe("a conversation that goes on", () => {
  it("keeps a message that is too long, with what to do, and takes the next", async () => {
    const { page } = await visit(browser, await world.newLink());
    await begin(page, world);
    const field = page.getByLabel("Message to the agent");
    await field.fill("x".repeat(2_200_000));
    await field.press("Enter");
    const trouble = page.locator(".said[data-unsent]").getByRole("alert");
    await trouble.waitFor({ timeout: 30_000 });
    expect(await trouble.innerText()).toContain("Not sent: the prompt has 2200000 bytes");
    expect(await trouble.locator("code").innerText()).toContain("a file of the workspace");
    await trouble.getByRole("button", { name: "Discard" }).click();
    await say(page, "hello");
    await turns(page, 1);
  });

  it("says that its runner hangs, and goes on when it wakes or is succeeded", async () => {
    const { page } = await visit(browser, await world.newLink());
    await begin(page, world);
    await say(page, "please count");
    await page.getByText("word5").waitFor();
    expect(world.kill("oqto-runner", "SIGSTOP")).toBe(1);
    await page.getByText("cannot be reached").waitFor({ timeout: 40_000 });
    world.kill("oqto-runner", "SIGCONT");
    await turns(page, 1);
    const counted = Array.from({ length: WORDS }, (_, index) => `word${index + 1}`).join(" ");
    expect(await page.locator('.row[data-kind="text"]').allInnerTexts()).toEqual([counted]);
    expect(await page.getByText("cannot be reached").count()).toBe(0);
  });
});
