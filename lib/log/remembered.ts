import type pl from "nodejs-polars";

type Remembered = { columns: readonly pl.Series[]; made: unknown };

const memory = new WeakMap<pl.DataFrame, Map<string, Remembered>>();

/**
 * What `make` makes of some columns of a frame, made once, and again if a column was replaced;
 * `what` names all else that it depends on. Shared: write into none of it.
 */
export function remembered<T>(
  frame: pl.DataFrame,
  names: readonly string[],
  what: string,
  make: () => T,
): T {
  const known = memory.get(frame) ?? new Map<string, Remembered>();
  memory.set(frame, known);
  const key = [what, ...names].join("\0");
  const columns = names.map((name) => frame.getColumn(name));
  const before = known.get(key);
  if (before?.columns.every((column, i) => isSame(column, columns[i]!))) return before.made as T;
  const made = make();
  known.set(key, { columns, made });
  return made;
}

const isSame = (a: pl.Series, b: pl.Series) =>
  String(a.dtype) === String(b.dtype) && a.length === b.length && a.seriesEqual(b, true);
