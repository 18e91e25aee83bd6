import pl from "nodejs-polars";
import { expect, it } from "vitest";
import { COLUMNS, type Column, typeOf } from "../../lib/log/columns";
import { typesOf } from "./access-log";

/**
 * A test per function: its columns have their types, without rows as well (`from` and `to` are days
 * or times), and each column of the frame that it needs is named where it is missing.
 */
export function checkColumns(
  frame: pl.DataFrame,
  functions: Record<string, (frame: pl.DataFrame) => pl.DataFrame>,
): void {
  it.each(Object.entries(functions))("%s has its columns, and says what it needs", (_, of) => {
    const needed = columnsNeeded(frame, of);
    expect(needed).not.toEqual([]);
    for (const name of needed) expect(missing(frame.drop(name), of)).toContain(name);
    const answer = of(frame);
    const types = typesOf(answer);
    const known = answer.columns.map((name, at) =>
      name in COLUMNS && name !== "from" && name !== "to"
        ? `${name} ${typeOf(name as Column)}`
        : types[at],
    );
    expect(types).toEqual(known);
    expect(typesOf(of(frame.head(0)))).toEqual(types);
    // Columns without a value, in whatever type they come.
    for (const name of ["path", "lesson", "topic", "end_date"].filter((one) =>
      needed.includes(one),
    ))
      of(frame.withColumns(pl.lit(null).cast(pl.Float64).alias(name)));
  });
}

/** The columns that a function asks for, one after the other, until these alone are enough. */
function columnsNeeded(frame: pl.DataFrame, of: (frame: pl.DataFrame) => unknown): string[] {
  const needed = new Set<string>();
  for (;;) {
    const others = frame.columns.filter((name) => !needed.has(name));
    const asked = missing(frame.drop(others), of);
    if (asked.length === 0) return [...needed];
    expect(asked.filter((name) => needed.has(name))).toEqual([]);
    for (const name of asked) needed.add(name);
  }
}

/** The columns that a function says are missing; none where it needs no other. */
function missing(frame: pl.DataFrame, of: (frame: pl.DataFrame) => unknown): string[] {
  try {
    of(frame);
    return [];
  } catch (error) {
    const [, names = ""] =
      /^\w+ .*needs columns? (\w+(?:, \w+)*)/s.exec((error as Error).message) ?? [];
    expect(names, String(error)).not.toBe("");
    return names.split(", ");
  }
}
