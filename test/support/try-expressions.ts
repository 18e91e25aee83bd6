import { attackStrings } from "./attack-strings";
import type { Expression } from "./regular-expressions";

// In a process of its own, which can be ended: tries each expression that it is sent, and says how
// long the slowest text took.

export interface Tried {
  texts: number;
  milliseconds: number;
  text: string;
}

/** Short, so that all can be tried; only what takes noticeably long here is tried at full length. */
const SHORT = 16 * 1024;
const LONG = 128 * 1024;
const NOTICEABLE = 5;
/** Slow beyond doubt, in milliseconds: no other text need be tried. */
const ENOUGH = 1_000;

process.on("message", (expression: Expression) => void process.send?.(tried(expression)));

function tried({ source, flags, use }: Expression): Tried {
  const run = runner(new RegExp(source, flags), use);
  const slow: number[] = [];
  let texts = 0;
  for (const text of attackStrings(new RegExp(source, flags), SHORT)) {
    if (timeOf(run, text) > NOTICEABLE && timeOf(run, text) > NOTICEABLE) slow.push(texts);
    texts++;
  }
  const worst = { milliseconds: 0, text: "" };
  let index = 0;
  if (slow.length > 0) {
    for (const text of attackStrings(new RegExp(source, flags), LONG)) {
      if (!slow.includes(index++)) continue;
      const milliseconds = timeOf(run, text);
      if (milliseconds > worst.milliseconds) {
        Object.assign(worst, { milliseconds, text: `${text.slice(0, 20)}…${text.slice(-20)}` });
      }
      if (milliseconds > ENOUGH) break;
    }
  }
  return { texts, ...worst };
}

function timeOf(run: (text: string) => unknown, text: string): number {
  const start = performance.now();
  run(text);
  return performance.now() - start;
}

/** As the library uses it; one that goes on after a match is tried over the whole text. */
function runner(expression: RegExp, use: string): (text: string) => unknown {
  if (use === "split") return (text) => text.split(expression);
  if (expression.global) return (text) => text.replace(expression, "");
  return (text) => expression.exec(text);
}
