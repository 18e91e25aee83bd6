import pl, { type DataType } from "nodejs-polars";

/** Ways in which a column can be what it must not be, or hold nothing. */
export const BREAKS = {
  missing: (frame, name) => frame.drop(name),
  "true and false": (frame, name) => put(frame, name, (row) => row % 2 === 0, pl.Bool),
  text: (frame, name) => put(frame, name, (row) => `text ${row}`, pl.String),
  fractions: (frame, name) => put(frame, name, (row) => row + 0.5, pl.Float64),
  integers: (frame, name) => put(frame, name, (row) => row, pl.Int64),
  days: (frame, name) => put(frame, name, (row) => row, pl.Int32, pl.Date),
  times: (frame, name) => put(frame, name, (row) => 60_000 * row, pl.Int64, pl.Datetime("ms")),
  lists: (frame, name) =>
    frame.withColumns(
      pl.Series(
        name,
        Array.from({ length: frame.height }, () => [1, 2]),
      ),
    ),
  "nothing, of another type": (frame, name) => put(frame, name, () => null, pl.Bool),
  nothing: (frame, name) => put(frame, name, () => null, pl.String, frame.getColumn(name).dtype),
} satisfies Record<string, (frame: pl.DataFrame, name: string) => pl.DataFrame>;

export type Break = keyof typeof BREAKS;

function put(
  frame: pl.DataFrame,
  name: string,
  value: (row: number) => unknown,
  type: DataType,
  as = type,
): pl.DataFrame {
  const values = Array.from({ length: frame.height }, (_, row) => value(row));
  return frame.withColumns(pl.Series(name, values, type)).withColumns(pl.col(name).cast(as));
}
