// What a person writes about a budget, and what is offered them.
import type { Budget } from "./api";

/** What stands in the fields; nothing is no limit. */
export type Fields = { usd: string; tokens: string };
export type Asked = { usd?: number; tokens?: number; unlimited?: ("usd" | "tokens")[] };

/** So little of a limit is left that another request may not fit. */
export function isUsedUp(spent: number, limit: number | undefined): boolean {
  return limit !== undefined && spent >= limit * 0.9;
}

/** What the fields begin with: what is set, or twice of what is used up, within the most. */
export function suggested(budget: Budget, raise: boolean): Fields {
  const which = raise ? usedUp(budget) : { usd: false, tokens: false };
  const usd = which.usd ? within(Math.max((budget.usd ?? 0) * 2, 1), budget.max_usd) : budget.usd;
  const tokens = which.tokens ? within(Math.max((budget.tokens ?? 0) * 2, 100_000), budget.max_tokens) : budget.tokens;
  return { usd: usd === undefined ? "" : amount(usd), tokens: tokens === undefined ? "" : String(tokens) };
}

/** Which part stopped the agent; where neither is near its end, whatever has one. */
function usedUp(budget: Budget): { usd: boolean; tokens: boolean } {
  const usd = isUsedUp(budget.spent_usd, budget.usd);
  const tokens = isUsedUp(budget.spent_tokens, budget.tokens);
  return usd || tokens ? { usd, tokens } : { usd: budget.usd !== undefined, tokens: budget.tokens !== undefined };
}

function within(value: number, most: number | undefined): number {
  return most === undefined ? value : Math.min(value, most);
}

function amount(usd: number): string {
  return usd >= 0.01 && Number.isInteger(Math.round(usd * 1e6) / 1e4) ? usd.toFixed(2) : String(usd);
}

/** What differs from what is set, or nothing. Throws what is wrong, in words. */
export function asked(budget: Budget, fields: Fields): Asked | undefined {
  const usd = read(fields.usd.replace(/[$\s]/g, "").replace(",", "."), "an amount in dollars, such as 5 or 2.50");
  const tokens = read(fields.tokens.replace(/[\s,._]/g, ""), "a number of tokens, such as 500000");
  const said: Asked = {};
  const unlimited: Asked["unlimited"] = [];
  if (usd === undefined && budget.usd !== undefined) unlimited.push("usd");
  else if (usd !== undefined && usd !== budget.usd) said.usd = usd;
  if (tokens === undefined && budget.tokens !== undefined) unlimited.push("tokens");
  else if (tokens !== undefined && tokens !== budget.tokens) said.tokens = tokens;
  if (unlimited.length > 0) said.unlimited = unlimited;
  return Object.keys(said).length > 0 ? said : undefined;
}

function read(text: string, what: string): number | undefined {
  if (text === "") return undefined;
  const value = Number(text);
  if (!Number.isFinite(value) || value < 0) throw new Error(`This is not ${what}`);
  return value;
}
