import { deepStrictEqual } from "node:assert/strict";
import pl from "nodejs-polars";
import * as lib from "../../lib/index";
import type { LogTables } from "../support/arbitrary-logs";
import { faultsOf, plainAnswer } from "../support/soundness";
import type { World } from "../support/world";
import type { Case } from "./case";

/** A crash of the machine below: nobody can make anything of such a message. */
const CRASH =
  /panicked|unwrap|index out of bounds|is not a function|Cannot read prop|undefined|SchemaError|ComputeError|napi|Maximum call stack|Invalid array length|Invalid typed array|Invalid time value|Cannot mix BigInt/i;

/**
 * Whether an error is one for readers: it begins with the name of an exported function, which may
 * be the one that a function hands its options on to, and says what that needs.
 */
export function isClear(error: unknown): boolean {
  if (!(error instanceof Error) || CRASH.test(error.message)) return false;
  const [, name = ""] = /^(\w+)\b.* (?:needs|draws|looks for|must be) /s.exec(error.message) ?? [];
  return Object.hasOwn(lib, name);
}

/**
 * Asks a function, and throws what is wrong: an error that the documentation does not have, an
 * answer that is not sound or not what it must be, an input that is no longer what it was.
 */
export function askOnce(one: Case, world: World, options: unknown): unknown {
  let answer: unknown;
  try {
    answer = one.ask(world, options);
  } catch (error) {
    if (one.mayRefuse?.test((error as Error).message)) return (error as Error).message;
    throw error;
  }
  const faults = faultsOf(answer, one.name);
  if (faults.length > 0) throw new Error(faults.slice(0, 5).join("\n"));
  strangersIn(answer, world);
  one.holds?.(answer, world, options);
  return answer;
}

/** Throws where an answer is about users whom the log does not have: an id was cut or rounded. */
function strangersIn(answer: unknown, { tables }: World): void {
  if (!tables || !pl.DataFrame.isDataFrame(answer)) return;
  const known = new Set((tables as LogTables).logs.map(({ user_id }) => user_id));
  const ids = answer.columns.includes("user_id") ? answer.getColumn("user_id").toArray() : [];
  const texts = answer.columns.includes("finding") ? answer.getColumn("finding").toArray() : [];
  const named = texts.flatMap((text) =>
    [...String(text).matchAll(/\b[Uu]ser (-?\d+)/g)].map(([, id]) => Number(id)),
  );
  const strange = [...ids, ...named].filter((id) => id !== null && !known.has(Number(id)));
  if (strange.length > 0) throw new Error(`users that are not in the log: ${strange.join(", ")}`);
}

/** Throws where two answers that must be the same are not. */
export function compareAnswers(one: unknown, other: unknown): void {
  deepStrictEqual(plainAnswer(other), plainAnswer(one));
}

/** The frames of a world as they are, to see later whether one was changed. */
export function frozen({ made }: World): () => void {
  const frames = [...made.values()].filter((one): one is pl.DataFrame =>
    pl.DataFrame.isDataFrame(one),
  );
  const before = frames.map((frame) => [frame, frame.clone(), frame.columns.join()] as const);
  return () => {
    for (const [frame, copy, names] of before) {
      if (frame.columns.join() === names && frame.frameEqual(copy, true)) continue;
      throw new Error(`a frame that was given is no longer the same: ${names}`);
    }
  };
}
