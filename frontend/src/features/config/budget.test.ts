import { describe, expect, it } from "vitest";
import type { Budget } from "./api";
import { asked, isUsedUp, suggested } from "./budget";

const budget = (more: Partial<Budget>): Budget => ({ spent_usd: 0, spent_tokens: 0, ...more });

describe("what is offered for a budget", () => {
  it("is what is set", () => {
    expect(suggested(budget({ usd: 2, spent_usd: 2 }), false)).toEqual({ usd: "2.00", tokens: "" });
    expect(suggested(budget({ usd: 0.0001, tokens: 7 }), false)).toEqual({ usd: "0.0001", tokens: "7" });
  });

  it("is twice of what is used up, within the most", () => {
    const over = { usd: 2, spent_usd: 1.99, tokens: 900_000, spent_tokens: 5 };
    expect(suggested(budget(over), true)).toEqual({ usd: "4.00", tokens: "900000" });
    expect(suggested(budget({ ...over, max_usd: 3 }), true).usd).toBe("3.00");
    expect(suggested(budget({ ...over, spent_usd: 0, spent_tokens: 899_999 }), true)).toEqual({ usd: "2.00", tokens: "1800000" });
    // The next request was too large for what is left.
    expect(suggested(budget({ ...over, spent_usd: 0 }), true)).toEqual({ usd: "4.00", tokens: "1800000" });
    expect(suggested(budget({ usd: 0.000001 }), true).usd).toBe("1.00");
    expect(isUsedUp(5, undefined)).toBe(false);
  });
});

describe("what is asked for", () => {
  const now = budget({ usd: 2, tokens: 100 });

  it("is what differs", () => {
    expect(asked(now, { usd: "2.00", tokens: "100" })).toBeUndefined();
    expect(asked(now, { usd: "$5", tokens: "100" })).toEqual({ usd: 5 });
    expect(asked(now, { usd: "2,50", tokens: "2 000 000" })).toEqual({ usd: 2.5, tokens: 2_000_000 });
    expect(asked(now, { usd: "", tokens: " " })).toEqual({ unlimited: ["usd", "tokens"] });
    expect(asked(budget({}), { usd: "", tokens: "9" })).toEqual({ tokens: 9 });
  });

  it("is said to be wrong in words", () => {
    expect(() => asked(now, { usd: "much", tokens: "" })).toThrow("an amount in dollars");
    expect(() => asked(now, { usd: "-1", tokens: "" })).toThrow("an amount in dollars");
    expect(() => asked(now, { usd: "1", tokens: "x" })).toThrow("a number of tokens");
  });
});
