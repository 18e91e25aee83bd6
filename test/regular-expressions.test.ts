import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import { analyse } from "scslre";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PROJECT_ROOT } from "../lib/paths";
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

let child: ChildProcess | undefined;

function tryOne(place: number, expression: Expression, patience = PATIENCE): Promise<Tried> {
  child ??= fork(join(PROJECT_ROOT, "test/support/try-expressions.ts"), {
    execArgv: ["--require", "tsx/cjs"],
  });
  const own = child;
  own.send({ place, expression });
  const timer = setTimeout(() => own.kill("SIGKILL"), patience);
  return new Promise<Tried>((resolve) => {
    const onExit = () => {
      child = undefined;
      resolve({ place, texts: 0, milliseconds: patience, text: "the process had to be ended" });
    };
    own.once("exit", onExit);
    own.once("message", (tried: Tried) => {
      own.off("exit", onExit);
      resolve(tried);
    });
  }).finally(() => clearTimeout(timer));
}

afterAll(() => child?.kill());

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
    for (const [place, expression] of expressions.entries()) {
      const tried = await tryOne(place, expression);
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
    expect((await tryOne(0, known, 5_000)).milliseconds).toBeGreaterThan(LIMIT);
    const doubled = { ...known, source: "^(a+)+$" };
    expect((await tryOne(1, doubled, 5_000)).text).toBe("the process had to be ended");
  }, 120_000);
});
