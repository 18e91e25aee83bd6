import pl from "nodejs-polars";
import { codedColumn } from "../../coded-column";
import { COHORT_ID, DATE, PATH, PROGRAM_ID, USER_ID } from "../../columns";
import { STAFF_COHORT_ID } from "../../prepare/programs";
import { requireColumns } from "../../require-columns";
import { int32 } from "../../typed-arrays";
import type { CodedViews } from "./surprise-bits";

/** Page views as whole numbers, and what the numbers stand for. */
export interface SurpriseViews extends CodedViews {
  /** The views' rows of the log, in its order: those with a path, a user and a day. */
  views: pl.DataFrame;
  /** Path of each code. */
  paths: string[];
}

/**
 * The page views of a log for `surpriseBits`. Users without a cohort or program are each
 * other's peers, and Staff, who read everything, only one another's.
 *
 * @param caller name of the public function, for messages
 * @param others further columns that the views shall have
 * @throws {Error} if a column is missing or of another type
 */
export function surpriseViews(
  caller: string,
  accessLog: pl.DataFrame,
  others: readonly string[] = [],
): SurpriseViews {
  requireColumns(caller, accessLog, {
    [DATE]: "Date",
    [PATH]: "String",
    [USER_ID]: "integer",
    [COHORT_ID]: "integer",
    [PROGRAM_ID]: "integer",
    ...Object.fromEntries(others.map((name) => [name, "String" as const])),
  });
  const views = accessLog
    .select(USER_ID, DATE, PATH, COHORT_ID, PROGRAM_ID, ...others)
    .filter(isView());
  const path = codedColumn(views.getColumn(PATH).cast(pl.String));
  const staff = pl.col(COHORT_ID).eq(pl.lit(STAFF_COHORT_ID)).fillNull(pl.lit(false));
  const ids = views.select(
    code(views, USER_ID),
    code(views, COHORT_ID),
    pl.when(staff).then(pl.lit(-1)).otherwise(code(views, PROGRAM_ID)).alias(PROGRAM_ID),
  );
  return {
    views,
    paths: path.values.toArray() as string[],
    user: int32(ids, USER_ID),
    program: int32(ids, PROGRAM_ID),
    cohort: int32(ids, COHORT_ID),
    day: int32(views, DATE),
    path: path.codes,
  };
}

/** Widest range of ids that are sorted by as they are, with a count for each. */
const WIDEST = 1_000_000;

/** An id as a number from 1 in the same order; 0 for none. */
function code(views: pl.DataFrame, name: string): pl.Expr {
  const id = pl.col(name).cast(pl.Int64);
  const range = views.select(id.min().alias("least"), id.max().alias("most"));
  const [least, most] = range.row(0).map(Number) as [number, number];
  const place = most - least < WIDEST ? id.sub(pl.lit(least)).add(pl.lit(1)) : id.rank("dense");
  return place.cast(pl.Int32).fillNull(pl.lit(0)).cast(pl.Int32).alias(name);
}

/** Whether a row is a page view that someone made on a known day. */
export function isView(): pl.Expr {
  return pl.col(PATH).isNotNull().and(pl.col(USER_ID).isNotNull()).and(pl.col(DATE).isNotNull());
}
