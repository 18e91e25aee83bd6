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
  const known = new Map<string, string>();
  let tuples: string[] = [];
  let length = 0;
  const statement = (): [string, number] => [
    `INSERT INTO ${into} VALUES ${tuples.join()}`,
    tuples.length,
  ];
  for (let from = 0; from < table.height; from += ROWS_AT_ONCE) {
    const columns = fields.map((field) =>
      literals(table.getColumn(field).slice(from, ROWS_AT_ONCE), known),
    );
    for (let row = 0; row < Math.min(ROWS_AT_ONCE, table.height - from); row++) {
      const tuple = `(${columns.map((column) => column[row]).join()})`;
      if (length + tuple.length > LONGEST && tuples.length > 0) {
        yield statement();
        tuples = [];
        length = 0;
      }
      tuples.push(tuple);
      length += tuple.length + 1;
    }
  }
  if (tuples.length > 0) yield statement();
}

/** Values as in a statement: text as hexadecimal digits, so nothing in it can end it. */
function literals(column: pl.Series, known: Map<string, string>): string[] {
  const isText = column.dtype.equals(pl.String);
  const isNumber = column.dtype.equals(pl.Int64);
  return Array.from(column.cast(pl.String).toArray() as (string | null)[], (text) => {
    if (text === null) return "NULL";
    if (!isText) return isNumber ? text : `'${text}'`;
    let literal = known.get(text);
    if (literal === undefined) {
      literal = `_utf8mb4 X'${Buffer.from(text).toString("hex")}'`;
      known.set(text, literal);
    }
    return literal;
  });
}
