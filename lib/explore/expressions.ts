import pl from "nodejs-polars";

export const rowCount = (name = "pages") => pl.len().cast(pl.Int64).alias(name);
export const different = (column: string) => pl.col(column).nUnique().cast(pl.Int64);
export const orZero = (column: string) => pl.col(column).fillNull(pl.lit(0)).cast(pl.Int64);
export const ratio = (part: string | pl.Expr, whole: string | pl.Expr) =>
  (typeof part === "string" ? pl.col(part) : part)
    .cast(pl.Float64)
    .div(typeof whole === "string" ? pl.col(whole) : whole);
export const onlyWhere = (condition: pl.Expr, value: pl.Expr) =>
  pl.when(condition).then(value).otherwise(pl.lit(null));
/** Days since 1970. */
export const dayOf = (column: string) => pl.col(column).cast(pl.Int32);
export const highest = (column: string) => pl.col(column).mul(pl.lit(-1));
