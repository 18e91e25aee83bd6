import pl from "nodejs-polars";
import { codesOf } from "../../log/coded-column";
import { frameOf } from "../../log/frame-of";
import { gathered } from "../../log/gathered";
import { NO_DAY } from "../../log/log-arrays";
import {
  DATA,
  DATA_SCIENCE,
  NEITHER,
  STAFF,
  WEB,
  WEB_DEVELOPMENT,
} from "../../log/program-curriculum";
import { int32 } from "../../log/typed-arrays";
import { typedColumns } from "../../log/typed-columns";
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
  const needed = ["path", "user_id", "date", "cohort_id", "program_id"] as const;
  const log = typedColumns("pageCurricula", accessLog, ...needed);
  const { codes, values } = codesOf(accessLog, "path", pl.String);
  const paths = values.toArray() as string[];
  const day = pl.col("date").cast(pl.Int32).fillNull(pl.lit(NO_DAY));
  const views = log
    .select("user_id", day, reader())
    .withColumns(pl.Series("path", codes))
    .filter(pl.col("path").gtEq(0));
  const spans = [spansOf(views, WEB), spansOf(views, DATA)] as const;
  const judgeBy = (reading: Reading) => judged(reading, spans, { minReaders, ratio });
  const pages = readingOf(views);
  const sectionOf = paths.map(sectionName);
  const sections = gathered(pages, ({ path }) => sectionOf[path]!);
  const ofSection = new Map(
    Array.from(sections, ([name, own]) => [name, judgeBy(together(own)).curriculum]),
  );
  const rows = pages.map((page) => {
    const { curriculum: own, share } = judgeBy(page);
    const section = ofSection.get(sectionOf[page.path]!)!;
    const bySection = own === UNKNOWN && section !== SHARED;
    const curriculum = bySection ? section : own;
    const by = bySection ? "section" : "page";
    return {
      path: paths[page.path],
      curriculum,
      web_development_readers: page.web,
      data_science_readers: page.data,
      data_science_share: share,
      pages: page.pages,
      judged_by: curriculum === UNKNOWN ? null : by,
    };
  });
  return frameOf(
    rows,
    ...(["path", "curriculum", "web_development_readers", "data_science_readers"] as const),
    ...(["data_science_share", "pages", "judged_by"] as const),
  );
}

type Spans = ReturnType<typeof spansOf>;

/** First and last day of each student of a curriculum. */
function spansOf(views: pl.DataFrame, curriculum: number) {
  const spans = where(views, { reader: curriculum, user_id: not(null) })
    .groupBy("user_id")
    .agg(pl.col("date").min().alias("first"), pl.col("date").max().alias("last"));
  return { first: int32(spans, "first"), last: int32(spans, "last") };
}

/** Who reads a page, or the pages of a section, from day to day. */
interface Reading {
  web: number;
  data: number;
  others: number;
  first: number;
  last: number;
}

/** Of pages by code, which is that of `path`. */
function readingOf(views: pl.DataFrame): (Reading & { path: number; pages: number })[] {
  const those = (curriculum: number) => pl.col("reader").eq(curriculum).sum();
  const readers = where(views, { user_id: not(null), reader: not(STAFF) })
    .select("path", "user_id", "reader")
    .unique()
    .groupBy("path")
    .agg(those(WEB).alias("web"), those(DATA).alias("data"), those(NEITHER).alias("others"));
  return views
    .groupBy("path")
    .agg(
      pl.len().alias("pages"),
      pl.col("date").min().alias("first"),
      pl.col("date").max().alias("last"),
    )
    .join(readers, { on: "path", how: "left" })
    .withColumns(...["web", "data", "others"].map((name) => pl.col(name).fillNull(pl.lit(0))))
    .sort("path")
    .toRecords() as never;
}

/** A student counts once for each page of a section. */
function together(pages: readonly Reading[]): Reading {
  return pages.reduce((all, page) => ({
    web: all.web + page.web,
    data: all.data + page.data,
    others: all.others + page.others,
    first: Math.min(all.first, page.first),
    last: Math.max(all.last, page.last),
  }));
}

function sectionName(path: string): string {
  const segment = path.split("/", 1)[0]!;
  return segment.replace(/^[\d.]+[-_.\s]*/, "") || segment;
}

function judged(
  { web, data, others, first, last }: Reading,
  spans: readonly [Spans, Spans],
  { minReaders, ratio }: Required<PageCurriculaOptions>,
): { curriculum: string; share: number | null } {
  const [webThere, dataThere] = spans.map((of) => {
    return of.first.reduce((n, day, i) => n + Number(day <= last && of.last[i]! >= first), 0);
  }) as [number, number];
  if (web + data === 0 || webThere === 0 || dataThere === 0) {
    return { curriculum: UNKNOWN, share: null };
  }
  const share = data / dataThere / (data / dataThere + web / webThere);
  const fewest = Math.min(webThere, dataThere);
  if (web + data < Math.max(minReaders, others) || fewest < minReaders) {
    return { curriculum: UNKNOWN, share };
  }
  const limit = 1 / (1 + ratio);
  // A little room, so that a rate of exactly `ratio` times the other's is not lost to rounding.
  if (share <= limit + 1e-12) return { curriculum: WEB_DEVELOPMENT, share };
  return { curriculum: share >= 1 - limit - 1e-12 ? DATA_SCIENCE : SHARED, share };
}
