import pl from "nodejs-polars";
import * as lib from "../../lib/index";
import { rawCohorts } from "../support/access-log";
import { checkColumns } from "../support/check-columns";
import { graduatesLog } from "../support/graduates-log";

const cohorts = rawCohorts([]);
const addresses = pl.DataFrame({ ip: ["198.18.0.1"], address_kind: ["campus"] });
const curricula = pl.DataFrame({ path: ["sql/a"], curriculum: ["data science"] });
const few = { minStudents: 1, minCovered: 0 };

checkColumns(graduatesLog(), {
  topPaths: (some) => lib.topPaths(some, { by: "program" }),
  dateRanges: (some) => lib.dateRanges(some, "cohort"),
  valueCounts: (some) => lib.valueCounts(some, "cohort"),
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
});
