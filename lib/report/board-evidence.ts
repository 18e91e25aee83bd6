import { join } from "node:path";
import pl from "nodejs-polars";
import type { AcquiredLogs } from "../acquire/acquire-logs";
import { throughCache } from "../acquire/cache";
import { type Notice, printNotice } from "../acquire/notice";
import { readSettings } from "../acquire/settings";
import { codeVersion } from "../code-version";
import { DIRECTION, SHUT_OFF, TOPIC } from "../columns";
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
import { firstRow } from "../first-row";
import { prepareLogs } from "../prepare/prepare-logs";

export interface BoardEvidenceOptions {
  /** Whether only lessons count, each under one name; otherwise every path is its own lesson. */
  lessons?: boolean;
  /** Folder whose `cache/` keeps the frames; that of the settings where not given. */
  dataDir?: string;
  /** Takes the lines about the cache; prints them where not given. */
  notice?: Notice;
}

/** Everything that the eight answers rest on, one frame each; see `findEvidence`. */
export type BoardEvidence = ReturnType<typeof findEvidence>;

/**
 * What the board's eight questions are answered from, computed once and kept in the cache until
 * the log or the library's code is another: notebooks 03 and 06 show the same frames.
 *
 * @param acquired what `acquireLogs` gives
 * @returns the frames that `findEvidence` names, each as the function of its line gives it
 */
export async function boardEvidence(
  acquired: Pick<AcquiredLogs, "logs" | "cohorts" | "version">,
  {
    lessons = true,
    dataDir = readSettings().dataDir,
    notice = printNotice,
  }: BoardEvidenceOptions = {},
): Promise<BoardEvidence> {
  const { logs, cohorts, version } = acquired;
  const { tables } = await throughCache(
    {
      source: "evidence",
      parameters: { log: version, lessons: String(lessons) },
      fingerprint: codeVersion("detect", "explore", "prepare", "words"),
    },
    () => ({
      tables: findEvidence(prepareLogs({ logs, cohorts }), cohorts, { lessons }),
      notes: [],
    }),
    { dir: join(dataDir, "cache"), notice },
  );
  return tables as BoardEvidence;
}

/** The frames, computed: one line says where each is from. */
function findEvidence(
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
    unusualTopics: unusualLessonUse(lessons, { of: TOPIC }),
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
  const either = shutOffs.filter(pl.col(DIRECTION).eq(pl.lit(EITHER_DIRECTION)));
  return (firstRow(either)?.[SHUT_OFF] as Date | null | undefined) ?? undefined;
}
