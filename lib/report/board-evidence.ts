import pl from "nodejs-polars";
import { crossProgramByMonth } from "../detect/access/cross-program-by-month";
import { crossProgramDays } from "../detect/access/cross-program-days";
import { crossProgramShutOff, EITHER_DIRECTION } from "../detect/access/cross-program-shut-off";
import { earlierShutOff } from "../detect/access/earlier-shut-off";
import { manyAddresses } from "../detect/access/many-addresses";
import { pageCurricula } from "../detect/access/page-curricula";
import { sharedAddresses } from "../detect/access/shared-addresses";
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
import { pageLayouts } from "../explore/page-layouts";
import { quietDays } from "../explore/quiet-days";
import { splitLessons } from "../explore/split-lessons";
import { unlabelledClasses } from "../explore/unlabelled-classes";
import { unusualLessonUse } from "../explore/unusual-lesson-use";
import { firstRow } from "../log/first-row";

/** Everything that the eight answers rest on, one frame each; see `findEvidence`. */
export type BoardEvidence = ReturnType<typeof findEvidence>;

/**
 * What the board's eight questions are answered from: one line says where each frame is from.
 *
 * @param accessLog from `prepareLogs`
 * @param options `lessons`: whether only lessons count, each under one name
 */
export function findEvidence(
  accessLog: pl.DataFrame,
  cohorts: pl.DataFrame,
  { lessons: onlyLessons }: { lessons: boolean },
) {
  const lessons = lessonPages(accessLog, { lessons: onlyLessons });
  const addresses = sharedAddresses(accessLog);
  const curricula = pageCurricula(accessLog);
  const campusByDay = campusShares(accessLog, addresses, { every: "day" });
  const shutOffs = crossProgramShutOff(accessLog, curricula);
  const quiet = quietDays(accessLog);
  return {
    // what counts as a lesson
    lessonPaths: lessonPaths(accessLog),
    // 1: the most traffic in every cohort
    consistentLessons: consistentLessons(lessons),
    consistentWithoutSections: consistentLessons(lessons, { sections: false }),
    cohortLessons: cohortLessons(lessons),
    cohortsInClass: cohortsInClass(lessons),
    // 2: one cohort more than others
    unusualLessons: unusualLessonUse(lessons),
    unusualTopics: unusualLessonUse(lessons, { of: "topic" }),
    // 3: students who hardly read
    students: hardlyActiveStudents(accessLog, { addresses }),
    // 4: suspects
    suspects: suspects(accessLog, { curricula, from: shutOffDay(shutOffs) }),
    // 5: the other program
    curricula,
    crossProgramByMonth: crossProgramByMonth(accessLog, curricula),
    crossProgramShutOff: shutOffs,
    earlierShutOff: earlierShutOff(accessLog, curricula, shutOffs),
    crossProgramDays: crossProgramDays(accessLog, { curricula }),
    // 6: graduates
    graduatesTopics: graduatesReading(lessons),
    graduatesLessons: graduatesReading(lessons, { by: "lesson" }),
    graduatesByPeriod: graduatesReadingByPeriod(lessons),
    // 7: least read
    leastRead: leastReadLessons(lessons),
    // 8: anything else
    addresses,
    accounts: manyAddresses(accessLog),
    campusByWeek: campusShares(accessLog, addresses),
    campusMove: campusMove(campusByDay),
    unlabelledClasses: unlabelledClasses(accessLog, cohorts, curricula),
    quietDays: quiet,
    breaks: breaks(quiet),
    layoutsByMonth: pageLayouts(accessLog),
    layouts: layoutPeriods(accessLog),
    splitLessons: splitLessons(lessons),
    dataQuality: dataQuality(accessLog, cohorts),
  } satisfies Record<string, pl.DataFrame>;
}

/** The day on which access in either direction ended; undefined where none is found. */
function shutOffDay(shutOffs: pl.DataFrame): Date | undefined {
  const either = shutOffs.filter(pl.col("direction").eq(pl.lit(EITHER_DIRECTION)));
  return (firstRow(either)?.shut_off as Date | null | undefined) ?? undefined;
}
