import pl from "nodejs-polars";
import * as lib from "../../lib/index";
import type { LogTables } from "./arbitrary-logs";
import { framesOf } from "./raw-frames";

/** Floors so low that small logs have classes too. */
export const FEW = { minStudents: 1, minCovered: 0 } as const;

const FRAMES = [
  ...(["logs", "cohorts", "log", "lessons", "daily", "siteDaily", "banded", "siteBanded"] as const),
  ...([
    "addresses",
    "curricula",
    "shutOffs",
    "byMonth",
    "violations",
    "scores",
    "suspects",
  ] as const),
  ...(["truth", "measured", "quiet", "consistent", "byCohort", "inClass", "unusual"] as const),
  ...(["leastRead", "graduates", "byPeriod", "students", "readers", "campusDays", "move"] as const),
  ...(["classes", "breaks", "layouts", "split", "quality", "accounts"] as const),
];

/** The frames that there are. */
export type LogFrame = (typeof FRAMES)[number];

/** What functions are asked with: the frames of some tables, each made when it is first asked for. */
export interface LogWorld extends Readonly<Record<LogFrame, pl.DataFrame>> {
  tables: LogTables;
  /** Puts the access log's rows into another order. */
  inOrder: (log: pl.DataFrame) => pl.DataFrame;
  /** The frames that there are, and those of them that were asked for. */
  made: Map<LogFrame, pl.DataFrame>;
  asked: Set<LogFrame>;
}

/** How each frame is made of the others. */
const MAKERS: Record<LogFrame, (w: LogWorld) => pl.DataFrame> = {
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
  shutOffs: (w) => lib.crossProgramShutOff(w.log, w.curricula, { permutations: 19, alpha: 0.5 }),
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
  readers: (w) => lib.readerGroups(w.log, { minSamples: 2, leastPages: 1 }).readers,
  campusDays: (w) => lib.campusShares(w.log, w.addresses, { every: "day" }),
  move: (w) => lib.campusMove(w.campusDays, { permutations: 9, alpha: 0.9, factor: 1.01 }),
  classes: (w) => lib.unlabelledClasses(w.log, w.cohorts, w.curricula, { least: 2 }),
  breaks: (w) => lib.breaks(w.quiet),
  layouts: (w) => lib.layoutPeriods(w.log),
  split: (w) => lib.splitLessons(w.lessons),
  quality: (w) => lib.dataQuality(w.log, w.cohorts),
  accounts: (w) => lib.manyAddresses(w.log, { least: 0.1 }),
};

/** @param made frames that are there already: the others are made of them */
export function logWorld(
  tables: LogTables,
  { inOrder = (log) => log, made = new Map() }: Partial<Pick<LogWorld, "inOrder" | "made">> = {},
): LogWorld {
  const world = { tables, inOrder, made, asked: new Set<LogFrame>() };
  for (const name of FRAMES) {
    Object.defineProperty(world, name, {
      get() {
        world.asked.add(name);
        const frame = made.get(name) ?? MAKERS[name](world as LogWorld);
        made.set(name, frame);
        return frame;
      },
    });
  }
  return world as LogWorld;
}
