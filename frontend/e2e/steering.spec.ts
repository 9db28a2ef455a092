import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { begin, launch, say, shot, turns, visit } from "./browser";
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

const field = (): ReturnType<Page["getByLabel"]> => page.getByLabel("Message to the agent");

describe("while the agent works", () => {
  it("Escape stops the turn, and what was said stays", async () => {
    await say(page, "please count");
    await page.getByText("word5").waitFor();
    await shot(page, "streaming");
    await page.keyboard.press("Escape");
    await page.getByText("Stopped by you").waitFor();
    expect(await page.locator('.row[data-kind="text"]').last().innerText()).toContain("word5");
  });

  it("a message waits in the queue, can be edited and taken back", async () => {
    await say(page, "please count");
    await page.getByText("Waiting for the model").or(page.getByText("Writing")).first().waitFor();
    await say(page, "hello later");
    await page.getByLabel("Waiting messages").getByText("hello later").waitFor();
    await shot(page, "queue");
    await page.getByRole("button", { name: "Edit waiting message" }).click();
    await page.getByLabel("Waiting message", { exact: true }).fill("hello much later");
    await page.getByRole("button", { name: "Keep" }).click();
    await page.getByLabel("Waiting messages").getByText("hello much later").waitFor();
    await page.getByRole("button", { name: "Take back" }).click();
    await page.getByLabel("Waiting messages").waitFor({ state: "detached" });
    expect(await field().inputValue()).toBe("hello much later");
    await turns(page, 2);
    await field().press("Enter");
    await turns(page, 3);
    await page.locator('.row[data-kind="user"]', { hasText: "hello much later" }).waitFor();
  });
});

describe("a question", () => {
  it("is loud, cannot be answered by a stray key, and Escape does not approve", async () => {
    await say(page, "be careful");
    const card = page.locator(".question");
    await card.waitFor();
    expect(await card.getByRole("button", { name: "Allow" }).isDisabled()).toBe(true);
    await page.keyboard.press("Escape");
    await page.waitForFunction(() => !document.querySelector(".question[data-inert]"));
    await shot(page, "question");
    expect(await page.title()).toContain("(1)");
    expect(await page.locator(".session-row").first().innerText()).toContain("Needs you");
    await card.getByRole("button", { name: "Allow" }).click();
    await card.waitFor({ state: "detached" });
    await page.getByText("It was answered.").last().waitFor();
  });

  it("slash commands are completed", async () => {
    await field().fill("/ask");
    await page.getByRole("option", { name: /ask-confirm/ }).waitFor();
    await shot(page, "slash");
    await field().press("ArrowDown");
    await field().press("Tab");
    expect(await field().inputValue()).toMatch(/^\/ask-\w+ $/);
    await field().fill("");
  });
});

describe("a conversation", () => {
  it("switches model and thinking for itself", async () => {
    await page.getByRole("button", { name: /scripted/ }).click();
    await page.getByRole("button", { name: /Scripted, the second/ }).click();
    await page.getByRole("button", { name: /scripted-2/ }).waitFor();
    await page.getByText("Model: scripted-2").waitFor();
  });

  it("is renamed, forked and taken back", async () => {
    await page.getByRole("button", { name: "Conversation menu" }).click();
    await page.getByRole("menuitem", { name: "Rename…" }).click();
    await page.getByLabel("Title").fill("Named by me");
    await page.getByRole("button", { name: "Rename" }).click();
    await page.getByRole("heading", { name: "Named by me" }).waitFor();
    const said = page.locator('.row[data-kind="user"]', { hasText: "be careful" });
    await said.getByRole("button", { name: "Message actions" }).click();
    await page.getByRole("menuitem", { name: "Take back to here" }).click();
    await page.getByText(/^Taken back/).waitFor();
    await expect.poll(() => field().inputValue(), { timeout: 15_000 }).toBe("be careful");
    const first = page.locator('.row[data-kind="user"]', { hasText: "hello much later" });
    await first.getByRole("button", { name: "Message actions" }).click();
    const before = page.url();
    await page.getByRole("menuitem", { name: "Fork here" }).click();
    await page.waitForURL((url) => url.href !== before);
    await page.getByText("Stopped by you").waitFor();
    await expect.poll(() => page.locator('.row[data-kind="user"]', { hasText: "hello much later" }).count(), { timeout: 15_000 }).toBe(0);
    await expect.poll(() => field().inputValue(), { timeout: 15_000 }).toBe("hello much later");
  });

  it("is found by what was said in it", async () => {
    await page.keyboard.press("Control+Shift+F");
    await page.getByRole("searchbox", { name: "Search history" }).fill("word37");
    const hit = page.locator(".hit").first();
    await hit.waitFor();
    await shot(page, "search");
    expect(await hit.locator("mark").innerText()).toBe("word37");
    await hit.click();
    await page.locator(".row[data-lit]").waitFor();
  });

  it("is stopped, started again and deleted", async () => {
    const menu = async (name: string): Promise<void> => {
      await page.getByRole("button", { name: "Conversation menu" }).click();
      await page.getByRole("menuitem", { name }).click();
    };
    await menu("End the agent's process");
    await page.locator('.session-row[aria-current] .session-state', { hasText: "Stopped" }).waitFor();
    await menu("Start the agent's process again");
    await page.locator('.session-row[aria-current] .session-state', { hasText: "Ready" }).waitFor();
    const count = await page.locator(".session-row").count();
    await menu("Delete…");
    await page.getByRole("button", { name: "Delete", exact: true }).click();
    const refused = page.locator("[role=dialog] .trouble");
    await page.waitForFunction(
      (wanted) => document.querySelector("[role=dialog] .trouble") ?? document.querySelectorAll(".session-row").length === wanted,
      count - 1,
    );
    expect(await refused.allInnerTexts()).toEqual([]);
  });
});

describe("an extension's own question", () => {
  it("of every kind is answered in place", async () => {
    await begin(page, world);
    await say(page, "/ask-input");
    await page.getByRole("textbox", { name: "What is your name?" }).fill("Ada");
    await page.waitForFunction(() => !document.querySelector(".question[data-inert]"));
    await page.getByRole("button", { name: "Answer", exact: true }).click();
    await page.getByText("the name is Ada").waitFor();
    await say(page, "/ask-confirm");
    await page.getByRole("button", { name: "Yes", exact: true }).click();
    await page.getByText("warning: sure").waitFor();
    await say(page, "/ask-editor");
    await page.getByRole("textbox", { name: "Change this text" }).fill("a\nb\nc");
    await page.getByRole("button", { name: "Answer", exact: true }).click();
    await page.getByText("3 lines").waitFor();
  });
});
