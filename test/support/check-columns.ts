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
    const types = typesOf(of(frame));
    const known = of(frame).columns.map((name, at) =>
      name in COLUMNS && name !== "from" && name !== "to"
        ? `${name} ${typeOf(name as Column)}`
        : types[at],
    );
    expect(types).toEqual(known);
    expect(typesOf(of(frame.head(0)))).toEqual(types);
    const needed = frame.columns.filter((name) => {
      const said = messageOf(() => of(frame.drop(name)));
      if (said !== "") expect(said).toMatch(new RegExp(`^\\w+ .*needs column.*\\b${name}\\b`));
      return said !== "";
    });
    expect(needed).not.toEqual([]);
    // Columns without a value, in whatever type they come.
    for (const name of ["path", "lesson", "topic", "end_date"]) {
      if (!frame.columns.includes(name)) continue;
      of(frame.withColumns(pl.lit(null).cast(pl.Float64).alias(name)));
    }
  });
}

function messageOf(ask: () => unknown): string {
  try {
    ask();
    return "";
  } catch (error) {
    return (error as Error).message;
  }
}
