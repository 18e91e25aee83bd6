import pl from "nodejs-polars";
import type { Row } from "../../log/first-row";
import { NO_DAY } from "../../log/log-arrays";
import {
  DATA,
  DATA_SCIENCE,
  NEITHER,
  STAFF,
  WEB,
  WEB_DEVELOPMENT,
} from "../../log/program-curriculum";
import { requireColumns } from "../../log/require-columns";
import { int32 } from "../../log/typed-arrays";
import { not, where } from "../../log/where";
import { requireInteger, requireNumber } from "../../stats/require-option";
import { reader } from "./row-curricula";

/** Pages of both curricula, or of neither: home, search, what every student reads. */
export const SHARED = "shared";
/** Pages whose readers are too few to tell. */
export const UNKNOWN = "unknown";

export interface PageCurriculaOptions {
  /** Fewest students who must have read a page, and whom each program must have had while it was read. */
  minReaders?: number;
  /** How many times as readily one program's students must read a page for it to be theirs. */
  ratio?: number;
}

/**
 * Which curriculum each page belongs to, learned from who reads it; no list of lessons is
 * needed.
 *
 * Only students count, each once per page. What is compared is the share of each program's
 * students who read a page, of those who were there between its first request and its last.
 * `data_science_share` is the data-science share over the sum of both. With a `ratio` of 4, a
 * share of 0.2 or less makes a page one of web development, 0.8 or more one of data science, and
 * what lies between is shared.
 *
 * A page is judged by its section instead where fewer than `minReaders` students have read it,
 * where it was gone before as many of either program came, or where users of no known program
 * (Staff aside) are more than half of its readers. The section is the first segment of the path
 * without a number before it (`7-clustering/acquire` and `8-clustering/2-about` are of one), with
 * the readers of all its pages. If that tells neither program, the page is unknown.
 *
 * @param accessLog access log in any order: `path`, `user_id`, `date`, `cohort_id`, `program_id`
 * @returns one row per path, by path: `path`, `curriculum` (`web development`, `data science`,
 *   `shared` or `unknown`), `web_development_readers`, `data_science_readers` (Int64),
 *   `data_science_share` (Float64, of the page's own readers; null where nobody of either
 *   program has read it or could have), `pages` (Int64, rows with the path, anybody's),
 *   `judged_by` (`page` or `section`; null where unknown)
 * @throws {RangeError} if `minReaders` is not an integer above 0 or `ratio` is not above 1
 * @throws {Error} if a column is missing or of another type
 * @example
 * pageCurricula(accessLog, { minReaders: 10 });
 */
export function pageCurricula(
  accessLog: pl.DataFrame,
  { minReaders = 5, ratio = 4 }: PageCurriculaOptions = {},
): pl.DataFrame {
  requireInteger("pageCurricula", { minReaders });
  requireNumber("pageCurricula", { ratio }, { above: 1 });
  requireColumns("pageCurricula", accessLog, "path", "user_id", "date", "cohort_id", "program_id");
  const views = accessLog
    .select(
      pl.col("path").cast(pl.String),
      pl.col("user_id"),
      pl.col("date").cast(pl.Date).cast(pl.Int32).fillNull(pl.lit(NO_DAY)),
      reader(),
    )
    .dropNulls(["path"]);
  const spans = [spansOf(views, WEB), spansOf(views, DATA)] as const;
  const readers = readersOf(views);
  const pages = readers.toRecords().map((row) => compared(row, spans));
  const sections = sectionsOf(readers)
    .toRecords()
    .map((row) => compared(row, spans));
  const judged = pages.map((page, i) => {
    const curriculum = judge(page, minReaders, ratio);
    if (curriculum !== UNKNOWN) return { curriculum, by: "page" };
    const ofSection = judge(sections[i]!, minReaders, ratio);
    const tells = ofSection === WEB_DEVELOPMENT || ofSection === DATA_SCIENCE;
    return tells ? { curriculum: ofSection, by: "section" } : { curriculum, by: null };
  });
  const curriculum = judged.map((page) => page.curriculum);
  const share = pages.map((page) => page.share);
  const by = judged.map((page) => page.by);
  return readers
    .withColumns(
      pl.Series("curriculum", curriculum, pl.String),
      pl.Series("data_science_share", share, pl.Float64),
      pl.Series("judged_by", by, pl.String),
    )
    .select(
      pl.col("path"),
      pl.col("curriculum"),
      pl.col("web").alias("web_development_readers"),
      pl.col("data").alias("data_science_readers"),
      pl.col("data_science_share"),
      pl.col("pages"),
      pl.col("judged_by"),
    );
}

/** First and last days of a program's students. */
interface Spans {
  first: Int32Array;
  last: Int32Array;
}

function spansOf(views: pl.DataFrame, curriculum: number): Spans {
  const spans = where(views, { reader: curriculum, user_id: not(null) })
    .groupBy("user_id")
    .agg(pl.col("date").min().alias("first"), pl.col("date").max().alias("last"));
  return { first: int32(spans, "first"), last: int32(spans, "last") };
}

/**
 * By path: its rows (`pages`), how many students of either program and `others` of no known one
 * have read it, and the `first` and `last` day on which anybody did.
 */
function readersOf(views: pl.DataFrame): pl.DataFrame {
  const those = (curriculum: number) => pl.col("reader").eq(curriculum).sum().cast(pl.Int64);
  const readers = where(views, { user_id: not(null), reader: not(STAFF) })
    .select("path", "user_id", "reader")
    .unique()
    .groupBy("path")
    .agg(those(WEB).alias("web"), those(DATA).alias("data"), those(NEITHER).alias("others"));
  return views
    .groupBy("path")
    .agg(
      pl.len().cast(pl.Int64).alias("pages"),
      pl.col("date").min().alias("first"),
      pl.col("date").max().alias("last"),
    )
    .join(readers, { on: "path", how: "left" })
    .withColumns(
      ...["web", "data", "others"].map((name) => pl.col(name).fillNull(pl.lit(0)).cast(pl.Int64)),
    )
    .sort("path");
}

/** The same of each path's section: readers of all its pages, so many times as they read one. */
function sectionsOf(readers: pl.DataFrame): pl.DataFrame {
  const names = (readers.getColumn("path").toArray() as string[]).map(sectionOf);
  const named = readers.select("path").withColumns(pl.Series("section", names, pl.String));
  const sections = readers
    .join(named, { on: "path" })
    .groupBy("section")
    .agg(
      ...["web", "data", "others"].map((name) => pl.col(name).sum()),
      pl.col("first").min(),
      pl.col("last").max(),
    );
  return named.join(sections, { on: "section", how: "left" }).sort("path");
}

/** The first segment, without the number that some layouts put before it. */
function sectionOf(path: string): string {
  const segment = path.split("/", 1)[0]!;
  return segment.replace(/^[\d.]+[-_.\s]*/, "") || segment;
}

/** The readers of a page, and the students of either program who were there to read it. */
function compared({ web, data, others, first, last }: Row, spans: readonly [Spans, Spans]) {
  const there = spans.map((of) => {
    return of.first.reduce((n, day, i) => n + Number(day <= last && of.last[i]! >= first), 0);
  });
  const [webShare, dataShare] = [web / there[0]!, data / there[1]!];
  const isComparable = web + data > 0 && there[0]! > 0 && there[1]! > 0;
  const share: number | null = isComparable ? dataShare / (dataShare + webShare) : null;
  return { readers: web + data, others, fewestThere: Math.min(...there), share };
}

function judge(
  { readers, others, fewestThere, share }: ReturnType<typeof compared>,
  minReaders: number,
  ratio: number,
): string {
  if (share === null || readers < Math.max(minReaders, others) || fewestThere < minReaders) {
    return UNKNOWN;
  }
  const limit = 1 / (1 + ratio);
  // A little room, so that a rate of exactly `ratio` times the other's is not lost to rounding.
  if (share <= limit + 1e-12) return WEB_DEVELOPMENT;
  return share >= 1 - limit - 1e-12 ? DATA_SCIENCE : SHARED;
}
