import type pl from "nodejs-polars";
import { crossProgramByMonth } from "../detect/access/cross-program-by-month";
import { crossProgramDays } from "../detect/access/cross-program-days";
import { crossProgramShutOff, earlierShutOff } from "../detect/access/cross-program-shut-off";
import { manyAddresses } from "../detect/access/many-addresses";
import { pageCurricula } from "../detect/access/page-curricula";
import { sharedAddresses } from "../detect/access/shared-addresses";
import { shutOffBreaks, shutOffReaders } from "../detect/access/shut-off-readers";
import { suspects } from "../detect/compare/suspects";
import { breaks } from "../explore/breaks";
import { campusMove } from "../explore/campus-move";
import { campusShares } from "../explore/campus-shares";
import { hardlyActiveStudents } from "../explore/class-time/hardly-active-students";
import { cohortLessons } from "../explore/cohort-lessons";
import { cohortsInClass } from "../explore/cohorts-in-class";
import { consistentLessons } from "../explore/consistent-lessons";
import { dataQuality } from "../explore/data-quality";
import { graduatesReading } from "../explore/graduates-reading";
import { graduatesReadingByPeriod } from "../explore/graduates-reading-by-period";
import { layoutPeriods } from "../explore/layout-periods";
import { leastReadLessons } from "../explore/least-read-lessons";
import { lessonPages } from "../explore/lessons/lesson-pages";
import { lessonPaths } from "../explore/lessons/lesson-paths";
import { quietDays } from "../explore/quiet-days";
import { splitLessons } from "../explore/split-lessons";
import { unlabelledClasses } from "../explore/unlabelled-classes";
import { unusualLessonUse } from "../explore/unusual-lesson-use";

/** Makes of a function of frames one that may remember its results, as `kept` does. */
export type Keep = <A extends readonly unknown[]>(
  fn: (...args: A) => pl.DataFrame,
) => (...args: A) => pl.DataFrame | Promise<pl.DataFrame>;

export interface BoardEvidenceOptions {
  /** Whether only lessons count, each under one name; otherwise every path is a lesson. */
  lessons?: boolean;
  /** `kept` takes results from the cache; without, all is computed anew. */
  keep?: Keep;
}

export type BoardEvidence = Awaited<ReturnType<typeof boardEvidence>>;

/**
 * The frames that the board's eight questions are answered from, of what `prepareLogs` gives.
 * @example
 * const evidence = await boardEvidence(accessLog, cohorts, { keep: kept });
 */
export async function boardEvidence(
  accessLog: pl.DataFrame,
  cohorts: pl.DataFrame,
  { lessons: onlyLessons = true, keep = (fn) => fn }: BoardEvidenceOptions = {},
) {
  const lessons = await keep(lessonPages)(accessLog, { lessons: onlyLessons });
  const addresses = await keep(sharedAddresses)(accessLog);
  const curricula = await keep(pageCurricula)(accessLog);
  const campusByDay = await keep(campusShares)(accessLog, addresses, { every: "day" });
  const shutOffs = await keep(crossProgramShutOff)(accessLog, curricula);
  const quiet = await keep(quietDays)(accessLog);
  const schoolBreaks = await keep(breaks)(quiet);
  return {
    lessonPaths: await keep(lessonPaths)(accessLog),
    // 1: the most traffic in every cohort
    consistentLessons: await keep(consistentLessons)(lessons),
    cohortLessons: await keep(cohortLessons)(lessons),
    cohortsInClass: await keep(cohortsInClass)(lessons),
    // 2: one cohort more than others
    unusualLessons: await keep(unusualLessonUse)(lessons),
    unusualTopics: await keep(unusualLessonUse)(lessons, { of: "topic" }),
    // 3: students who hardly read
    students: await keep(hardlyActiveStudents)(accessLog, { addresses }),
    // 4: suspects
    suspects: await keep(suspects)(accessLog, { curricula }),
    // 5: the other program
    crossProgramByMonth: await keep(crossProgramByMonth)(accessLog, curricula),
    crossProgramShutOff: shutOffs,
    earlierShutOff: await keep(earlierShutOff)(accessLog, curricula, shutOffs),
    shutOffReaders: await keep(shutOffReaders)(accessLog, curricula, shutOffs),
    shutOffBreaks: await keep(shutOffBreaks)(accessLog, curricula, shutOffs, schoolBreaks),
    crossProgramDays: await keep(crossProgramDays)(accessLog, { curricula }),
    // 6: graduates
    graduatesTopics: await keep(graduatesReading)(lessons),
    graduatesByPeriod: await keep(graduatesReadingByPeriod)(lessons),
    // 7: least read
    leastRead: await keep(leastReadLessons)(lessons),
    // 8: anything else
    addresses,
    accounts: await keep(manyAddresses)(accessLog),
    campusByWeek: await keep(campusShares)(accessLog, addresses),
    campusMove: await keep(campusMove)(campusByDay),
    unlabelledClasses: await keep(unlabelledClasses)(accessLog, cohorts, curricula),
    breaks: schoolBreaks,
    layouts: await keep(layoutPeriods)(accessLog),
    splitLessons: await keep(splitLessons)(lessons),
    dataQuality: await keep(dataQuality)(accessLog, cohorts),
  } satisfies Record<string, pl.DataFrame>;
}
