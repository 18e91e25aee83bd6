import { analyse } from "scslre";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { childOf } from "./support/ask-child";
import { type Expression, expressionsOfLibrary } from "./support/regular-expressions";
import type { Tried } from "./support/try-expressions";

// Paths, titles and notebooks come from strangers: no text may keep an expression busy for longer
// than in proportion to its length.

/** What 128 KiB may take; in proportion to their length they take some milliseconds. */
const LIMIT = 1_000;
/** Then the process is ended. */
const PATIENCE = 30_000;

let expressions: Expression[] = [];

beforeAll(async () => {
  expressions = await expressionsOfLibrary();
});

const child = childOf<Expression, Tried>("try-expressions.ts");
const ENDED = { texts: 0, milliseconds: PATIENCE, text: "the process had to be ended" };

async function tryOne(expression: Expression, patience = PATIENCE) {
  return (await child.ask(expression, patience)) ?? ENDED;
}

afterAll(() => child.stop());

describe("the library's regular expressions", () => {
  it("are found: those written out and those that are built", () => {
    expect(expressions.length).toBeGreaterThan(200);
    const where = expressions.map((one) => one.where.replace(/:\d+$/, ""));
    expect(where).toContain("lib/words/visible-text.ts");
    expect(where).toContain("lib/notebook/html/page.js");
  });

  it("cannot be made slow, as their form shows", () => {
    const slow = expressions.flatMap(({ where, source, flags }) =>
      analyse({ source, flags }).reports.map(({ type }) => `${where} /${source}/${flags}: ${type}`),
    );
    expect(slow).toEqual([]);
  });

  it("take time in proportion to the text, whatever it is", async () => {
    const slow: string[] = [];
    let texts = 0;
    for (const expression of expressions) {
      const tried = await tryOne(expression);
      texts += tried.texts;
      if (tried.milliseconds < LIMIT) continue;
      const { where, source, flags } = expression;
      slow.push(
        `${where} /${source}/${flags}: ${Math.round(tried.milliseconds)} ms: ${JSON.stringify(tried.text)}`,
      );
    }
    expect(slow).toEqual([]);
    expect(texts).toBeGreaterThan(10_000);
  }, 600_000);

  it("would be found slow", async () => {
    const known = { where: "here", source: "^\\/*(content\\/+)?\\/*$", flags: "i", use: "exec" };
    expect((await tryOne(known, 5_000)).milliseconds).toBeGreaterThan(LIMIT);
    const doubled = { ...known, source: "^(a+)+$" };
    expect((await tryOne(doubled, 5_000)).text).toBe("the process had to be ended");
  }, 120_000);
});
