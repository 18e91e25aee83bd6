import type pl from "nodejs-polars";

/** A column's numbers as a plain list. */
export function numbersOf(frame: pl.DataFrame, name: string): (number | null)[] {
  return Array.from(frame.getColumn(name).toArray() as Iterable<unknown>, (value) =>
    value === null ? null : Number(value),
  );
}

/** A Date column's days as ISO text, which plotly reads as dates. */
export function isoDaysOf(frame: pl.DataFrame, name: string): string[] {
  const days = frame.getColumn(name).toArray() as unknown as Date[];
  return days.map((day) => day.toISOString().slice(0, 10));
}
