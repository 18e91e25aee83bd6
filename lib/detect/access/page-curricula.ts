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
export const UNKNOWN = "unknown";

export interface PageCurriculaOptions {
  /** Fewest students who must have read a page, and whom each program must have had. */
  minReaders?: number;
  /** How many times as readily one program's students must read a page for it to be theirs. */
  ratio?: number;
}

/**
 * Which curriculum each page belongs to, learned from who reads it. `data_science_share` compares
 * the shares of each program's students who read a page, of those who were there while it was read.
 * With a `ratio` of 4, up to 0.2 is web development, 0.8 or more data science, else it is shared. A
 * page is judged by its section (first segment of the path) where it or a program has fewer than
 * `minReaders` students, or where most readers but Staff have no known program.
 * @returns one row per path, by path: `path`, `curriculum` (`web development`, `data science`,
 *   `shared` or `unknown`), `web_development_readers`, `data_science_readers`, `data_science_share`
 *   (or null), `pages`, `judged_by` (`page`, `section` or null)
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
    .rename({ web: "web_development_readers", data: "data_science_readers" })
    .select(
      ...["path", "curriculum", "web_development_readers", "data_science_readers"],
      ...["data_science_share", "pages", "judged_by"],
    );
}

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

/** The same of each path's section; a student counts once for each page of it. */
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

function sectionOf(path: string): string {
  const segment = path.split("/", 1)[0]!;
  return segment.replace(/^[\d.]+[-_.\s]*/, "") || segment;
}

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
