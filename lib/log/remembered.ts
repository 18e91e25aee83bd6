import type pl from "nodejs-polars";

const memory = new WeakMap<pl.DataFrame, Map<string, unknown>>();

/**
 * What `make` makes of some columns of a frame, made once, and again after the frame was changed in
 * place; `what` names all else that it depends on. Shared: write into none of it.
 */
export function remembered<T>(
  frame: pl.DataFrame,
  names: readonly string[],
  what: string,
  make: () => T,
): T {
  const known = memory.get(frame) ?? watched(frame);
  const key = [what, ...names].join("\0");
  if (!known.has(key)) known.set(key, make());
  return known.get(key) as T;
}

/** Polars' own frame, below nodejs-polars'. */
type Inner = Record<string, (...args: unknown[]) => unknown>;

/** All that changes Polars' frame in place, besides new names for its columns. */
const CHANGES = [
  "dropInPlace",
  "extend",
  "hstackMut",
  "insertAtIdx",
  "rename",
  "replace",
  "replaceAtIdx",
  "sortInPlace",
  "vstackMut",
];

/** An empty memory, which a change in place empties again: to compare the columns takes longer. */
function watched(frame: pl.DataFrame): Map<string, unknown> {
  const known = new Map<string, unknown>();
  memory.set(frame, known);
  const inner = (frame as unknown as { inner(): Inner }).inner();
  for (const name of CHANGES) {
    const change = inner[name];
    if (!change) throw new Error(`nodejs-polars has no ${name} any more: see what changes frames`);
    inner[name] = (...args) => {
      known.clear();
      return Reflect.apply(change, inner, args);
    };
  }
  const names = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(inner), "columns");
  Object.defineProperty(inner, "columns", {
    configurable: true,
    get: () => names?.get?.call(inner),
    set: (given) => {
      known.clear();
      names?.set?.call(inner, given);
    },
  });
  return known;
}
