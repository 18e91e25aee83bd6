import pl from "nodejs-polars";
import { frameOf } from "../log/frame-of";
import { monthsBetween } from "../log/months-between";
import { int32 } from "../log/typed-arrays";
import type { ReadingOf } from "./class-reading";
import { different, orZero, ratio, rowCount } from "./expressions";
import { pagesOfGraduates } from "./graduates-reading";

export interface GraduatesReadingByPeriodOptions {
  by?: ReadingOf;
  /** First months of periods after the end, from 0 upwards; the last has no end. */
  starts?: readonly number[];
}

/**
 * Each topic's share of what a program's graduates read, by periods of months after the end of
 * class. Whose pages count is as in `graduatesReading`.
 * @param lessons what `lessonPages` gives
 * @returns for periods with pages, by `program`, `topic` (or `lesson`) and `from_month`:
 *   `to_month`, `pages`, `users`, `all_pages` (of the program in the period), `share`, `cohorts`
 *   (with any day of the period in the log)
 * @throws if an option is out of range, or a column is missing or of another type
 */
export function graduatesReadingByPeriod(
  lessons: pl.DataFrame,
  { by = "topic", starts = [0, 1, 3, 6, 12] }: GraduatesReadingByPeriodOptions = {},
): pl.DataFrame {
  requireStarts(starts);
  const found = pagesOfGraduates("graduatesReadingByPeriod", lessons, by);
  const after = found.after
    .withColumns(startOf(pl.col("months_after_end"), starts).alias("from_month"))
    .dropNulls("from_month");
  const counts = after
    .groupBy(["program", by, "from_month"])
    .agg(rowCount(), different("user_id").alias("users"));
  const periods = after
    .groupBy(["program", "from_month"])
    .agg(rowCount("all_pages"))
    .join(cohortsSeen(found, starts), { on: ["program", "from_month"] });
  return after
    .select("program", by)
    .unique()
    .join(periods, { on: "program" })
    .join(counts, { on: ["program", by, "from_month"], how: "left" })
    .withColumns(orZero("pages"), orZero("users"))
    .withColumns(ratio("pages", "all_pages").alias("share"))
    .select(
      ...["program", by, "from_month", "to_month", "pages", "users", "all_pages", "share"],
      "cohorts",
    )
    .sort(["program", by, "from_month"]);
}

function requireStarts(starts: readonly number[]): void {
  const isRising = starts.every(
    (start, i) => Number.isInteger(start) && start >= 0 && start > (starts[i - 1] ?? -1),
  );
  if (starts.length === 0 || !isRising) {
    throw new RangeError(
      `graduatesReadingByPeriod needs starts to be whole months from 0 upwards, each above the one before, got ${starts.join(", ") || "none"}`,
    );
  }
}

function startOf(month: pl.Expr, starts: readonly number[]): pl.Expr {
  const reached = starts.map((start) => {
    const isReached = month.gtEq(pl.lit(start));
    return pl.when(isReached).then(pl.lit(start)).otherwise(pl.lit(null));
  });
  return pl.maxHorizontal(reached).cast(pl.Int64);
}

/** The periods, and how many of a program's cohorts had a day of each in the log. */
function cohortsSeen(
  { cohorts, firstDay, lastDay }: ReturnType<typeof pagesOfGraduates>,
  starts: readonly number[],
): pl.DataFrame {
  const programs = cohorts.getColumn("program").toArray() as string[];
  const months = Array.from(int32(cohorts, "end_date"), (end, i) => ({
    program: programs[i]!,
    first: firstDay > end ? monthsBetween(end, firstDay) : 0,
    last: monthsBetween(end, lastDay),
  }));
  const rows = [...new Set(programs)].flatMap((program) =>
    starts.map((start, i) => ({
      program,
      from_month: start,
      to_month: starts[i + 1] ?? null,
      cohorts: months.filter(
        (own) =>
          own.program === program && start <= own.last && (starts[i + 1] ?? Infinity) > own.first,
      ).length,
    })),
  );
  return frameOf(rows, "program", "from_month", "to_month", "cohorts");
}
