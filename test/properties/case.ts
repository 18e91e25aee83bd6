import fc from "fast-check";
import * as lib from "../../lib/index";
import type { LogWorld } from "../support/log-world";

/** One exported function, and how it is asked. */
export interface Case<World = LogWorld, Options = never> {
  /** Its name in `lib/index.ts`. */
  name: string;
  /** Options within what is documented; `{}`, the defaults, come up by themselves. */
  options?: fc.Arbitrary<Options>;
  ask: (world: World, options: Options) => unknown;
  /** Whether the answer depends on the order of rows, as documented. */
  inOrder?: boolean;
  /** Errors that are documented for frames of the right shape. */
  mayRefuse?: RegExp;
  /** What must hold besides. */
  holds?: (answer: never, world: World, options: Options) => void;
  /**
   * Options outside of what is documented: the message must name the last one and its value, or say
   * what is given beside it.
   */
  outside?: readonly (object | readonly [options: object, says: RegExp])[];
}

/** What a message must say of options that are refused. */
export function refusalOf(outside: object): [options: unknown, says: RegExp] {
  if (Array.isArray(outside)) return outside as [object, RegExp];
  const [name, value] = Object.entries(outside).at(-1)!;
  const said = String([value].flat().at(-1) ?? "");
  return [outside, new RegExp(`\\b${name.replace(/s$/, "")}s?\\b.*${said}`, "s")];
}

// biome-ignore lint/suspicious/noExplicitAny: a list of cases whose options differ
export type AnyCase<World = LogWorld> = Case<World, any>;

/** A case, with its options' type inferred. */
export function of<World, Options>(one: Case<World, Options>): AnyCase<World> {
  return one as AnyCase<World>;
}

/** Any of these settings, or none of them. */
export function some<T extends object>(settings: { [K in keyof T]: fc.Arbitrary<T[K]> }) {
  return fc.record(settings, { requiredKeys: [] }) as fc.Arbitrary<Partial<T>>;
}

const FUNCTIONS: Record<string, unknown> = { ...lib };

/**
 * A function that takes some frames, and options with any of these settings.
 *
 * @param frames their names in the world
 */
export function asks<World>(
  name: keyof typeof lib,
  frames: string,
  settings?: Record<string, fc.Arbitrary<unknown>>,
  outside?: Case["outside"],
  more?: Pick<AnyCase<World>, "inOrder" | "holds">,
): AnyCase<World> {
  const made = (w: World) => frames.split(" ").map((frame) => w[frame as keyof World]);
  const ask = FUNCTIONS[name] as (...given: unknown[]) => unknown;
  return {
    ...{ name, outside, ask: (w, options) => ask(...made(w), ...(settings ? [options] : [])) },
    ...(settings && { options: some(settings) }),
    ...more,
  };
}

export const anyOf = <const T>(...values: T[]) => fc.constantFrom(...values);
export const real = (min: number, max: number) => fc.double({ min, max, noNaN: true });
export const share = real(0, 1);
/** Above 0, at most 1. */
export const partOfWhole = real(1e-9, 1);
/** Above 0, below 1. */
export const between0And1 = real(1e-9, 1 - 1e-9);
export const positive = fc.oneof(real(1e-6, 100), fc.constantFrom(1, 2, 1e9));
export const from = (least: number, most = least + 40) =>
  fc.oneof(
    { weight: 8, arbitrary: fc.integer({ min: least, max: most }) },
    { weight: 1, arbitrary: fc.constantFrom(10_000, 2 ** 31 - 1, 2 ** 53 - 1) },
  );
/** Numbers of the random kind: few, as each takes its time. */
export const permutations = fc.integer({ min: 1, max: 19 });
export const seed = fc.oneof(fc.integer({ min: 0, max: 9 }), fc.constantFrom(-1, 2 ** 31));
/** Columns of an access log that may make groups. */
export const groupedBy = fc.constantFrom<string | string[] | null>(
  ...["user_id", "cohort_id", "cohort", "program", "ip", null],
  ...[["program", "cohort"], ["ip", "user_id"], [], ["user_id"]],
);
