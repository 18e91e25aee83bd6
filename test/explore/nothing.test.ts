import pl from "nodejs-polars";
import { expect, it } from "vitest";
import * as lib from "../../lib/index";
import { rawCohorts, typesOf } from "../support/access-log";
import { graduatesLog } from "../support/graduates-log";

const log = graduatesLog();
const cohorts = rawCohorts([]);
const addresses = pl.DataFrame({ ip: ["198.18.0.1"], address_kind: ["campus"] });
const curricula = pl.DataFrame({ path: ["sql/a"], curriculum: ["data science"] });
const few = { minStudents: 1, minCovered: 0 };

/** Functions of a log with lessons, whose answer to no rows has no rows. */
const FUNCTIONS: Record<string, (log: pl.DataFrame) => pl.DataFrame> = {
  topPaths: (some) => lib.topPaths(some, { by: "program" }),
  dateRanges: (some) => lib.dateRanges(some, "cohort"),
  lessonPaths: (some) => lib.lessonPaths(some),
  lessonPages: (some) => lib.lessonPages(some),
  lessonSummary: (some) => lib.lessonSummary(lib.lessonPaths(some)),
  hardlyActiveStudents: (some) => lib.hardlyActiveStudents(some, { addresses }),
  cohortsInClass: (some) => lib.cohortsInClass(some, few),
  cohortLessons: (some) => lib.cohortLessons(some, few),
  consistentLessons: (some) => lib.consistentLessons(some, few),
  unusualLessonUse: (some) => lib.unusualLessonUse(some, few),
  leastReadLessons: (some) => lib.leastReadLessons(some, { minReaders: 1 }),
  graduatesReading: (some) => lib.graduatesReading(some),
  graduatesReadingByPeriod: (some) => lib.graduatesReadingByPeriod(some),
  campusShares: (some) => lib.campusShares(some, addresses),
  quietDays: (some) => lib.quietDays(some),
  breaks: (some) => lib.breaks(lib.quietDays(some)),
  pageLayouts: (some) => lib.pageLayouts(some),
  layoutPeriods: (some) => lib.layoutPeriods(some),
  splitLessons: (some) => lib.splitLessons(some),
  unlabelledClasses: (some) => lib.unlabelledClasses(some, cohorts, curricula),
};

it.each(Object.entries(FUNCTIONS))("%s keeps its columns without rows or values", (_, of) => {
  const none = of(log.head(0));
  expect(none.height).toBe(0);
  expect(typesOf(none)).toEqual(typesOf(of(log)));
  for (const name of ["topic", "lesson", "end_date", "timestamp", "path"]) {
    // In whatever type they come.
    of(log.withColumns(pl.lit(null).cast(pl.Float64).alias(name)));
  }
});
