import fc from "fast-check";
import * as lib from "../../lib/index";
import type { World } from "../support/world";

// biome-ignore lint/suspicious/noExplicitAny: each function has options and answers of its own
type Any = any;

/** One exported function, and how it is asked. */
export interface Case {
  /** Its name in `lib/index.ts`. */
  name: string;
  /** What options may be, as documented; those left out have their defaults. */
  settings?: Record<string, fc.Arbitrary<unknown>>;
  ask: (world: Any, options: Any) => unknown;
  /** Whether the answer depends on the order of rows, as documented. */
  inOrder?: boolean;
  /** Errors that are documented for frames of the right shape. */
  mayRefuse?: RegExp;
  /** What must hold besides. */
  holds?: (answer: Any, world: Any, options: Any) => void;
  /** Options that are refused, each by itself, besides those that `settings` imply. */
  outside?: Record<string, unknown>;
  /** Where options are taken as they are, since they were checked where its frames were made. */
  refuses?: boolean;
}

/** Options that name columns: a message says the column. */
const COLUMNS = ["by", "x", "value", "features"];

/** What a message must say of an option that is refused. */
export function refusalOf(name: string, value: unknown): RegExp {
  const said = String([value].flat().at(-1) ?? "");
  if (COLUMNS.includes(name) && said !== "") return new RegExp(said);
  return new RegExp(`\\b${name.replace(/s$/, "")}s?\\b.*${said}`, "s");
}

/** A frame of the world, as an option. */
export class Frame {
  constructor(readonly name: string) {}
}

const FUNCTIONS: Record<string, unknown> = { ...lib };

/**
 * A function that takes some frames.
 *
 * @param frames their names in the world
 * @param of `base` are options that it has where `settings` give none
 */
export function asks(
  name: keyof typeof lib,
  frames: string,
  { base, ...more }: Partial<Case> & { base?: Record<string, unknown> } = {},
): Case {
  const ask = FUNCTIONS[name] as (...given: unknown[]) => unknown;
  const hasOptions = more.settings || base || more.outside;
  return {
    name,
    ask: (w: World, options: object) => {
      const own = Object.entries({ ...base, ...options }).map(([key, value]) => {
        return [key, value instanceof Frame ? w[value.name] : value];
      });
      const given = hasOptions ? [Object.fromEntries(own)] : [];
      return ask(...frames.split(" ").map((frame) => w[frame]), ...given);
    },
    ...more,
  };
}

/** A figure of some frames. */
export const draws: typeof asks = (name, frames, { base, ...more } = {}) =>
  asks(name, frames, { base: { title: "What was found", ...base }, ...more });

const refused = new WeakMap<object, readonly unknown[]>();

/** An option, and values of it that are refused, as documented. */
export function but<T extends fc.Arbitrary<unknown>>(values: readonly unknown[], option: T): T {
  refused.set(option, values);
  return option;
}

/** All options that a function must refuse, each by itself: the message must say which, and its value. */
export function refusedBy({ settings = {}, outside = {}, refuses = true }: Case) {
  if (!refuses) return [];
  const implied = Object.entries(settings).flatMap(([name, option]) =>
    (refused.get(option) ?? []).map((value): [string, unknown] => [name, value]),
  );
  return [...implied, ...Object.entries(outside)];
}

export const anyOf = <const T>(...values: T[]) => fc.constantFrom(...values);
/** One of some words, and no other. */
export const oneOf = (...words: string[]) => but(["x"], fc.constantFrom(...words));
export const someOf = (...words: string[]) => but([["x"]], fc.subarray(words));
/** An option left out that `base` has. */
export const none = fc.constant(undefined);
export const frame = (name: string) => fc.constant(new Frame(name));
export const real = (min: number, max: number) => fc.double({ min, max, noNaN: true });
export const share = but([2, -0.5, Number.NaN], real(0, 1));
/** Above 0, at most 1. */
export const partOfWhole = but([0, 1.5], real(1e-9, 1));
/** Above 0, below 1. */
export const between0And1 = but([0, 1], real(1e-9, 1 - 1e-9));
export const positive = but([0, Number.NaN], fc.oneof(real(1e-6, 100), fc.constantFrom(1, 2, 1e9)));
const number = (least: number, most: number) =>
  fc.oneof(
    { weight: 8, arbitrary: fc.integer({ min: least, max: most }) },
    { weight: 1, arbitrary: fc.constantFrom(10_000, 2 ** 31 - 1, 2 ** 53 - 1) },
  );
/** Integers. */
export const from = (least: number, most = least + 40) =>
  but([least - 1, least + 0.5], number(least, most));
/** Numbers that need not be whole. */
export const atLeast = (least: number, most: number) =>
  but([least - 1, Number.NaN], number(least, most));
/** Numbers of the random kind: few, as each takes its time. */
export const permutations = but([0], fc.integer({ min: 1, max: 19 }));
export const seed = but(
  [0.5],
  fc.oneof(fc.integer({ min: 0, max: 9 }), fc.constantFrom(-1, 2 ** 31)),
);
/** Columns of an access log that may make groups. */
export const groupedBy = but(
  ["users"],
  fc.constantFrom<string | string[] | null>(
    ...["user_id", "cohort_id", "cohort", "program", "ip", null],
    ...[["program", "cohort"], ["ip", "user_id"], [], ["user_id"]],
  ),
);
