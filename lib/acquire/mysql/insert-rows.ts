import pl from "nodejs-polars";

/** Characters of a statement, unless one row is longer. */
const LONGEST = 1 << 20;
const ROWS_AT_ONCE = 50_000;

/** INSERT statements of about a megabyte, each with its number of rows. */
export function* inserts(
  into: string,
  table: pl.DataFrame,
  fields: readonly string[],
): Generator<[sql: string, rows: number]> {
  const tuple = pl.format(`(${fields.map(() => "{}").join()})`, ...fields.map(literalIn(table)));
  const statement = (tuples: string[]): [string, number] => [
    `INSERT INTO ${into} VALUES ${tuples.join()}`,
    tuples.length,
  ];
  let tuples: string[] = [];
  let length = 0;
  for (let from = 0; from < table.height; from += ROWS_AT_ONCE) {
    const part = table.slice(from, ROWS_AT_ONCE).select(tuple.alias("tuple"));
    for (const text of part.getColumn("tuple").toArray() as string[]) {
      if (length + text.length > LONGEST && tuples.length > 0) {
        yield statement(tuples);
        tuples = [];
        length = 0;
      }
      tuples.push(text);
      length += text.length + 1;
    }
  }
  if (tuples.length > 0) yield statement(tuples);
}

/** A column's values as in a statement: text as hexadecimal digits, so nothing in it can end it. */
function literalIn(table: pl.DataFrame): (name: string) => pl.Expr {
  return (name) => {
    const { dtype } = table.getColumn(name);
    const column = pl.col(name);
    const literal = dtype.equals(pl.String)
      ? pl.format("_utf8mb4 X'{}'", column.str.encode("hex"))
      : pl.format(dtype.equals(pl.Int64) ? "{}" : "'{}'", column.cast(pl.String));
    return pl.when(column.isNull()).then(pl.lit("NULL")).otherwise(literal);
  };
}
