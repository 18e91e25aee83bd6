import { runInNewContext } from "node:vm";
import { analyse } from "scslre";
import { beforeAll, describe, expect, it } from "vitest";
import { attackStrings } from "./support/attack-strings";
import { type Expression, expressionsOfLibrary } from "./support/regular-expressions";

// Paths, titles and notebooks come from strangers: no text may keep an expression busy for longer
// than in proportion to its length.

/** Milliseconds that 128 KiB may take; in proportion to their length they take some. */
const LIMIT = 1_000;
/** Then it is ended. */
const PATIENCE = 30_000;

/** Short, so that all can be tried; only what takes noticeably long here is tried at full length. */
const [SHORT, LONG, NOTICEABLE] = [16 * 1024, 128 * 1024, 5];

let expressions: Expression[] = [];

beforeAll(async () => {
  expressions = await expressionsOfLibrary();
});

/** What a function gives; undefined where it had to be ended. */
function within<T>(milliseconds: number, run: () => T): T | undefined {
  try {
    return runInNewContext("run()", { run }, { timeout: milliseconds });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_SCRIPT_EXECUTION_TIMEOUT") return undefined;
    throw error;
  }
}

/** How many texts were tried, and what the slowest took. */
function tried({ source, flags, use }: Expression) {
  const expression = new RegExp(source, flags);
  const timeOf = (text: string) => {
    // Of the processor: a busy machine takes longer.
    const start = process.cpuUsage();
    // As the library uses it; one that goes on after a match is tried over the whole text.
    if (use === "split") text.split(expression);
    else if (expression.global) text.replace(expression, "");
    else expression.exec(text);
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  };
  const short = [...attackStrings(expression, SHORT)];
  const isSlow = (text: string) => timeOf(text) > NOTICEABLE && timeOf(text) > NOTICEABLE;
  const slow = new Set([...short.keys()].filter((place) => isSlow(short[place]!)));
  const worst = { texts: short.length, milliseconds: 0, text: "" };
  if (slow.size === 0) return worst;
  let place = 0;
  for (const text of attackStrings(expression, LONG)) {
    const milliseconds = slow.has(place++) ? Math.min(timeOf(text), timeOf(text)) : 0;
    if (milliseconds <= worst.milliseconds) continue;
    Object.assign(worst, { milliseconds, text: `${text.slice(0, 20)}…${text.slice(-20)}` });
    if (milliseconds > LIMIT) break;
  }
  return worst;
}

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

  it("take time in proportion to the text, whatever it is", () => {
    let texts = 0;
    const slow = expressions.flatMap((one) => {
      const worst = within(PATIENCE, () => tried(one));
      texts += worst?.texts ?? 0;
      if (worst && worst.milliseconds < LIMIT) return [];
      return [
        `${one.where} /${one.source}/${one.flags}: ${JSON.stringify(worst) ?? "without end"}`,
      ];
    });
    expect(slow).toEqual([]);
    expect(texts).toBeGreaterThan(10_000);
  }, 600_000);

  it("would be found slow", () => {
    const known = { where: "here", source: "^\\/*(content\\/+)?\\/*$", flags: "i", use: "exec" };
    expect(within(5_000, () => tried(known))?.milliseconds ?? PATIENCE).toBeGreaterThan(LIMIT);
    expect(within(5_000, () => tried({ ...known, source: "^(a+)+$" }))).toBeUndefined();
  }, 120_000);
});
