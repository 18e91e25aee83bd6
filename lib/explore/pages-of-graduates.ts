import pl from "nodejs-polars";
import { monthsBetween } from "../log/months-between";
import { int32 } from "../log/typed-arrays";
import { requireOneOf } from "../stats/require-option";
import { inClass, ofStudents, type ReadingOf } from "./class-reading";
import { dayOf, rowCount } from "./expressions";
import { neededColumns } from "./needed-columns";

/** Pages of students whose cohort ended before the log did, in class and after it, by its dates. */
export function pagesOfGraduates(caller: string, lessons: pl.DataFrame, by: ReadingOf) {
  requireOneOf(caller, { by }, ["topic", "lesson"]);
  const dates = ["date", "start_date", "end_date"] as const;
  const log = neededColumns(caller, lessons, ...dates, by, "user_id", "cohort_id", "program");
  const days = log.getColumn("date").cast(pl.Int32);
  const [firstDay, lastDay] = [Number(days.min() ?? 0), Number(days.max() ?? 0)];
  const [date, end] = [pl.col("date"), pl.col("end_date")];
  const rows = ofStudents(log).filter(end.cast(pl.Int32).lt(pl.lit(lastDay)));
  const read = rows.dropNulls(by);
  return {
    after: withMonths(read.filter(date.gt(end)).dropNulls("user_id")).select(
      ...["program", by, "user_id", "days_after_end", "months_after_end"],
    ),
    inClass: inClass(read).groupBy(["program", by]).agg(rowCount()),
    cohorts: rows.select("cohort_id", "program", "end_date").unique({ subset: ["cohort_id"] }),
    firstDay,
    lastDay,
  };
}

function withMonths(after: pl.DataFrame): pl.DataFrame {
  const pairs = after.select("end_date", "date").unique();
  const [ends, days] = [int32(pairs, "end_date"), int32(pairs, "date")];
  const months = ends.map((end, i) => monthsBetween(end, days[i]!));
  const counted = pairs.withColumns(
    dayOf("date").sub(dayOf("end_date")).alias("days_after_end"),
    pl.Series("months_after_end", months),
  );
  return after.join(counted, { on: ["end_date", "date"] });
}
