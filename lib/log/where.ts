import pl from "nodejs-polars";

export type Value = string | number | bigint | boolean | Date;

export interface Condition {
  is: "not" | "above" | "atLeast" | "below" | "atMost" | "between";
  wanted: Wanted;
}

/** A value, a list of which any will do, null for no value, or a condition. */
export type Wanted = Value | readonly (Value | null)[] | null | Condition;

/** All other rows, also those without a value. */
export const not = (wanted: Wanted): Condition => ({ is: "not", wanted });
/** NaN is above nothing. */
export const above = (value: Value): Condition => ({ is: "above", wanted: value });
export const atLeast = (value: Value): Condition => ({ is: "atLeast", wanted: value });
export const below = (value: Value): Condition => ({ is: "below", wanted: value });
export const atMost = (value: Value): Condition => ({ is: "atMost", wanted: value });
/** Both included. */
export const between = (first: Value, last: Value): Condition => ({
  is: "between",
  wanted: [first, last],
});

/**
 * The rows that meet all conditions, in their order.
 *
 * @param conditions by column: a value, a list of which any will do, null for no value, or
 *   `not(x)`, `above(x)`, `atLeast(x)`, `below(x)`, `atMost(x)`, `between(first, last)`; a row
 *   without a value meets only null and `not(x)`
 * @throws {Error} if a column is missing
 * @throws {TypeError} if a column's values cannot be compared with the one given
 * @example
 * where(accessLog, { program: "Java Full Stack", cohort: not("Staff") });
 */
export function where(
  frame: pl.DataFrame,
  conditions: Readonly<Record<string, Wanted>>,
): pl.DataFrame {
  const met = Object.entries(conditions).map(([name, wanted]) => {
    const at = frame.columns.indexOf(name);
    if (at < 0) {
      throw new Error(
        `where needs column ${name}; the frame has ${frame.columns.join(", ") || "no columns"}`,
      );
    }
    return meets({ name, type: typeOf(String(frame.dtypes[at])) }, wanted);
  });
  return met.length === 0 ? frame : frame.filter(met.reduce((all, one) => all.and(one)));
}

/** A column and the JavaScript type of its values; empty if unknown. */
type ConditionColumn = { name: string; type: string };

function meets(column: ConditionColumn, wanted: Wanted): pl.Expr {
  const values = pl.col(column.name);
  if (isCondition(wanted)) return meetsCondition(column, wanted);
  if (
    Array.isArray(wanted) &&
    wanted.length > 3 &&
    wanted.every((one) => typeof one === column.type)
  ) {
    return values.isIn(wanted).fillNull(pl.lit(false));
  }
  const any = (Array.isArray(wanted) ? wanted : [wanted]).map((one) =>
    one === null ? values.isNull() : values.eq(value(column, one)).fillNull(pl.lit(false)),
  );
  return any.reduce((one, other) => one.or(other), pl.lit(false));
}

function meetsCondition(column: ConditionColumn, { is, wanted }: Condition): pl.Expr {
  const values = pl.col(column.name);
  if (is === "not") return meets(column, wanted).fillNull(pl.lit(false)).not();
  const [first, last] = (Array.isArray(wanted) ? wanted : [wanted]).map((one) =>
    value(column, one),
  );
  const compared = {
    above: () => values.gt(first),
    atLeast: () => values.gtEq(first),
    below: () => values.lt(first),
    atMost: () => values.ltEq(first),
    between: () => values.gtEq(first).and(values.ltEq(last)),
  }[is]();
  return column.type === "number" ? compared.and(values.isNotNan()) : compared;
}

const isCondition = (wanted: Wanted): wanted is Condition =>
  typeof wanted === "object" && wanted !== null && "is" in wanted;

function value({ name, type }: ConditionColumn, wanted: unknown): pl.Expr {
  const given = wanted instanceof Date ? "Date" : typeof wanted;
  if (type !== "" && given.replace("bigint", "number") !== type) {
    throw new TypeError(
      `where needs a ${type} to compare column ${name} with, got ${given === "Date" ? "a Date" : (JSON.stringify(wanted) ?? given)}`,
    );
  }
  return pl.lit(wanted);
}

function typeOf(dtype: string): string {
  if (/Date/.test(dtype)) return "Date";
  if (/Int|Float/.test(dtype)) return "number";
  if (/Utf8|String|Categorical/.test(dtype)) return "string";
  return /Bool/.test(dtype) ? "boolean" : "";
}
