import pl from "nodejs-polars";
import * as lib from "../../lib/index";
import type { LogRow, LogTables } from "./arbitrary-logs";
import { framesOf } from "./raw-frames";
import { type Makers, type World, worldOf } from "./world";

/** Floors so low that small logs have classes too. */
export const FEW = { minStudents: 1, minCovered: 0 } as const;

/** How each frame is made of the others. */
const MAKERS: Makers = {
  logs: (w) => framesOf(w.tables).logs,
  cohorts: (w) => framesOf(w.tables).cohorts,
  log: (w) => w.inOrder(lib.prepareLogs({ logs: w.logs, cohorts: w.cohorts })),
  lessons: (w) => lib.lessonPages(w.log),
  daily: (w) => lib.dailyPageViews(w.log),
  siteDaily: (w) => lib.dailyPageViews(w.log, { by: null }),
  banded: (w) => lib.bollingerBands(w.daily),
  siteBanded: (w) => lib.bollingerBands(w.siteDaily, { by: null }),
  addresses: (w) => lib.sharedAddresses(w.log),
  curricula: (w) => lib.pageCurricula(w.log, { minReaders: 1 }),
  shutOffs: (w) => lib.crossProgramShutOff(w.log, w.curricula, { permutations: 19, factor: 1.1 }),
  byMonth: (w) => lib.crossProgramByMonth(w.log, w.curricula),
  violations: (w) => lib.accessViolations(w.log, { curricula: w.curricula, shutOff: "2020-02-10" }),
  scores: (w) => lib.detectorScores(w.log),
  suspects: (w) => lib.suspects(w.log, { curricula: w.curricula, from: "2020-01-20" }),
  // Stories that are said to be planted: all of some users' days.
  truth: (w) =>
    w.log
      .filter(pl.col("user_id").lt(pl.lit(20)))
      .groupBy("user_id")
      .agg(pl.col("timestamp").min().alias("from"), pl.col("timestamp").max().alias("to"))
      .sort("user_id")
      .withColumns(pl.lit("scraping").alias("kind")),
  measured: (w) =>
    lib.scoreDetectors(w.scores, w.truth).withColumns(pl.lit(1).cast(pl.Int64).alias("seed")),
  quiet: (w) => lib.quietDays(w.log, { weeks: 1, least: 0.5, below: 0.9 }),
  consistent: (w) => lib.consistentLessons(w.lessons, FEW),
  byCohort: (w) => lib.cohortLessons(w.lessons, FEW),
  inClass: (w) => lib.cohortsInClass(w.lessons, FEW),
  unusual: (w) =>
    lib.unusualLessonUse(w.lessons, {
      ...{ ...FEW, minStudentPages: 1, minExpected: 1, minRatio: 1, alpha: 0.99 },
    }),
  leastRead: (w) => lib.leastReadLessons(w.lessons, { minReaders: 1, minStudents: 1 }),
  graduates: (w) => lib.graduatesReading(w.lessons, { jobMonths: 1 }),
  byPeriod: (w) => lib.graduatesReadingByPeriod(w.lessons),
  students: (w) => lib.hardlyActiveStudents(w.log, { peers: 1, share: 0.9, silence: 3 }),
  studentsSeen: (w) =>
    lib.hardlyActiveStudents(w.log, {
      ...{ peers: 1, share: 0.9, silence: 3, addresses: w.addresses },
    }),
  readers: (w) => lib.readerGroups(w.log, { minSamples: 2, leastPages: 1 }).readers,
  campusDays: (w) => lib.campusShares(w.log, w.addresses, { every: "day" }),
  move: (w) => lib.campusMove(w.campusDays, { permutations: 9, factor: 1.01 }),
  classes: (w) => lib.unlabelledClasses(w.log, w.cohorts, w.curricula, { least: 2 }),
  breaks: (w) => lib.breaks(w.quiet),
  layouts: (w) => lib.layoutPeriods(w.log),
  split: (w) => lib.splitLessons(w.lessons),
  quality: (w) => lib.dataQuality(w.log, w.cohorts),
  shutOffReaders: (w) => lib.shutOffReaders(w.log, w.curricula, w.shutOffs, { least: 1 }),
  shutOffBreaks: (w) => lib.shutOffBreaks(w.log, w.curricula, w.shutOffs, w.breaks),
  staff: (w) => lib.staffCandidates(w.log),
  accounts: (w) => lib.manyAddresses(w.log),
  firstUsers: ({ tables }) => tables.logs.slice(0, 3).map((row: LogRow) => row.user_id),
  hours: (w) => lib.hourlyPageViews(w.log),
  paths: (w) => lib.lessonPaths(w.log),
  months: (w) => lib.pagesByMonthsAfterEnd(w.log),
  copying: (w) => lib.scrapingDays(w.log, { perSecond: 1 }),
  agreement: (w) => lib.detectorAgreement(w.scores),
  shared: (w) => lib.sharedAddresses(w.log, { accounts: 0.5 }),
  earlier: (w) =>
    lib.earlierShutOff(w.log, w.curricula, w.shutOffs, { permutations: 9, factor: 1.1 }),
  crossDays: (w) => lib.crossProgramDays(w.log, { curricula: w.curricula, from: "2020-01-20" }),
  topics: (w) =>
    lib.unusualLessonUse(w.lessons, { ...FEW, of: "topic", minStudentPages: 1, minExpected: 1 }),
};

export const logWorld = (
  tables: LogTables,
  inOrder = (log: pl.DataFrame) => log,
  made?: World["made"],
): LogWorld => worldOf({ tables, inOrder }, MAKERS, made);

/** The frames of some tables; `inOrder` puts the access log's rows into another order. */
export type LogWorld = World & { tables: LogTables; inOrder: (log: pl.DataFrame) => pl.DataFrame };
