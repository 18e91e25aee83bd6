import pl from "nodejs-polars";
import { codesOf } from "../../log/coded-column";
import { daysOf } from "../../log/log-arrays";
import { DATA, DATA_SCIENCE, STAFF, WEB, WEB_DEVELOPMENT } from "../../log/program-curriculum";
import { requireColumns } from "../../log/require-columns";
import { rowReaders } from "./row-readers";

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
 * needed, and a layout that nobody has heard of is learned as well.
 *
 * Only students count, each once per page: Staff teach both curricula. What is compared is
 * the share of each program's students who read a page, of those who were there while it
 * was read, from its first request to its last: the school has seven times as many students
 * of web development, and had none of data science before August 2019. `data_science_share` is the
 * data-science share over the sum of both. With a `ratio` of 4, a share of 0.2 or less makes
 * a page one of web development, 0.8 or more one of data science, and what lies between is
 * shared. On the sample, which has the published rows of every page, lessons lie far from both
 * limits (below 0.1, or above 0.9), the home page and the search index in the middle.
 *
 * A page is not judged by its own readers where fewer than `minReaders` students have read
 * it, where it was gone before as many of either program came, or where users of no known
 * program (Staff aside) are more than half of its readers. It is then judged by its section:
 * the first segment of its path without a number before it (`7-clustering/acquire` and
 * `8-clustering/2-about` are of one section), by the same rule over the readers of all its
 * pages. If that tells neither program, the page is unknown. So are most names of the
 * earliest data-science layout, which have no section and which hardly anyone of a known
 * program has read.
 *
 * Readers tell who reads a page, not what it says: an appendix that both could use and one
 * program was sent to counts as that program's.
 *
 * @param accessLog access log in any order: `path`, `user_id`, `date`, `cohort_id`, `program_id`
 * @returns one row per path, by path: `path`, `curriculum` (`web development`, `data science`,
 *   `shared` or `unknown`), `web_development_readers`, `data_science_readers` (Int64),
 *   `data_science_share` (Float64, of the page's own readers; null where nobody of either
 *   program has read it or could have), `pages` (Int64, rows with the path, anybody's),
 *   `judged_by` (`page` or `section`; null where unknown)
 * @throws {RangeError} if `minReaders` is not an integer above 0 or `ratio` is not above 1
 * @throws {Error} if a column is missing or of another type
 */
export function pageCurricula(
  accessLog: pl.DataFrame,
  { minReaders = 5, ratio = 4 }: PageCurriculaOptions = {},
): pl.DataFrame {
  requireOptions({ minReaders, ratio });
  requireColumns("pageCurricula", accessLog, "path", "user_id", "date", "cohort_id", "program_id");
  const { codes: page, values } = codesOf(accessLog, "path", pl.String);
  const { codes: user, values: users } = codesOf(accessLog, "user_id");
  const views = {
    page,
    user,
    day: daysOf(accessLog),
    reader: rowReaders(accessLog),
  };
  const paths = values.toArray() as string[];
  const own = readersOf(views, paths.length, users.length);
  const spans = [WEB, DATA].map((curriculum) => spansOf(views, users.length, curriculum)) as [
    Spans,
    Spans,
  ];
  const sections = sectionsOf(paths, own);
  const shares = own.map((readers) => shareOf(readers, spans));
  const judged = own.map((readers, page) => {
    const curriculum = judge(readers, spans, { minReaders, ratio });
    if (curriculum !== UNKNOWN) return { curriculum, by: "page" };
    const ofSection = judge(sections.get(sectionOf(paths[page]!))!, spans, { minReaders, ratio });
    if (ofSection === UNKNOWN || ofSection === SHARED) return { curriculum, by: null };
    return { curriculum: ofSection, by: "section" };
  });
  return pl.DataFrame([
    pl.Series("path", paths, pl.String),
    pl.Series(
      "curriculum",
      judged.map(({ curriculum }) => curriculum),
      pl.String,
    ),
    pl.Series(
      "web_development_readers",
      own.map(({ web }) => web),
      pl.Int64,
    ),
    pl.Series(
      "data_science_readers",
      own.map(({ data }) => data),
      pl.Int64,
    ),
    pl.Series("data_science_share", shares, pl.Float64),
    pl.Series(
      "pages",
      own.map(({ rows }) => rows),
      pl.Int64,
    ),
    pl.Series(
      "judged_by",
      judged.map(({ by }) => by),
      pl.String,
    ),
  ]);
}

function requireOptions({ minReaders, ratio }: Required<PageCurriculaOptions>): void {
  if (!(Number.isInteger(minReaders) && minReaders > 0)) {
    throw new RangeError(
      `pageCurricula needs minReaders of 1 student or more, got ${minReaders}: nobody's reading tells nothing`,
    );
  }
  if (!(ratio > 1 && ratio < Infinity)) {
    throw new RangeError(
      `pageCurricula needs a ratio above 1, got ${ratio}: it is how many times as readily one program reads its own pages`,
    );
  }
}

/** The log's rows, column by column. */
interface Views {
  /** Number of the path; -1 where there is none. */
  page: Int32Array;
  /** Number of the user; -1 where there is none. */
  user: Int32Array;
  /** Day since 1970. */
  day: Int32Array;
  /** Curriculum in which the user is enrolled. */
  reader: Uint8Array;
}

/** First and last days of a program's students, each list in order. */
interface Spans {
  first: Int32Array;
  last: Int32Array;
}

function spansOf({ page, user, day, reader }: Views, users: number, curriculum: number): Spans {
  const first = new Int32Array(users).fill(NEVER);
  const last = new Int32Array(users).fill(-NEVER);
  for (let row = 0; row < page.length; row++) {
    const who = user[row]!;
    if (reader[row] !== curriculum || who < 0 || page[row]! < 0) continue;
    if (day[row]! < first[who]!) first[who] = day[row]!;
    if (day[row]! > last[who]!) last[who] = day[row]!;
  }
  return {
    first: first.filter((at) => at < NEVER).sort(),
    last: last.filter((at) => at > -NEVER).sort(),
  };
}

/** Further than any day. */
const NEVER = 2_000_000_000;

/** Who has read a page or the pages of a section, and when it was requested. */
interface Readers {
  rows: number;
  /** Students of web development, each once per page. */
  web: number;
  /** Students of data science. */
  data: number;
  /** Users of no known program, Staff not among them. */
  others: number;
  /** Days of the first and the last request, anybody's. */
  first: number;
  last: number;
}

function readersOf(views: Views, pages: number, users: number): Readers[] {
  const { page, user, day, reader } = views;
  const all = Array.from(
    { length: pages },
    (): Readers => ({ rows: 0, web: 0, data: 0, others: 0, first: NEVER, last: -NEVER }),
  );
  // Page by page, so that a note per user of the last page is enough to count each once.
  const noted = [0, 1, 2].map(() => new Int32Array(users).fill(-1));
  for (const row of rowsByPage(page, pages)) {
    const at = page[row]!;
    const of = all[at]!;
    of.rows++;
    of.first = Math.min(of.first, day[row]!);
    of.last = Math.max(of.last, day[row]!);
    const who = user[row]!;
    if (who < 0 || reader[row] === STAFF) continue;
    const note = noted[reader[row]!]!;
    if (note[who] === at) continue;
    note[who] = at;
    if (reader[row] === WEB) of.web++;
    else if (reader[row] === DATA) of.data++;
    else of.others++;
  }
  return all;
}

/** Rows that have a page, those of the first page first. */
function rowsByPage(page: Int32Array, pages: number): Int32Array {
  const next = new Int32Array(pages + 1);
  for (let row = 0; row < page.length; row++) if (page[row]! >= 0) next[page[row]! + 1]!++;
  for (let at = 0; at < pages; at++) next[at + 1]! += next[at]!;
  const rows = new Int32Array(next[pages]!);
  for (let row = 0; row < page.length; row++) {
    if (page[row]! >= 0) rows[next[page[row]!]!++] = row;
  }
  return rows;
}

/** The first segment, without the number that some layouts put before it. */
function sectionOf(path: string): string {
  const segment = path.split("/", 1)[0]!;
  return segment.replace(/^[\d.]+[-_.\s]*/, "") || segment;
}

/** Readers of all pages of each section, so many times as they read one of them. */
function sectionsOf(paths: readonly string[], own: readonly Readers[]): Map<string, Readers> {
  const sections = new Map<string, Readers>();
  own.forEach((page, i) => {
    const name = sectionOf(paths[i]!);
    const known = sections.get(name);
    if (!known) {
      sections.set(name, { ...page });
      return;
    }
    known.web += page.web;
    known.data += page.data;
    known.others += page.others;
    known.first = Math.min(known.first, page.first);
    known.last = Math.max(known.last, page.last);
  });
  return sections;
}

/** How many of a program's students were there between two days. */
function numberThere({ first, last }: Spans, from: number, to: number): number {
  return countBelow(first, to + 1) - countBelow(last, from);
}

function countBelow(sorted: Int32Array, day: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < day) low = middle + 1;
    else high = middle;
  }
  return low;
}

function shareOf({ web, data, first, last }: Readers, spans: [Spans, Spans]): number | null {
  const [webThere, dataThere] = spans.map((of) => numberThere(of, first, last)) as [number, number];
  if (web + data === 0 || webThere === 0 || dataThere === 0) return null;
  return data / dataThere / (data / dataThere + web / webThere);
}

function judge(
  readers: Readers,
  spans: [Spans, Spans],
  { minReaders, ratio }: Required<PageCurriculaOptions>,
): string {
  const there = spans.map((of) => numberThere(of, readers.first, readers.last));
  const { web, data, others } = readers;
  if (web + data < Math.max(minReaders, others) || Math.min(...there) < minReaders) return UNKNOWN;
  const share = shareOf(readers, spans)!;
  const limit = 1 / (1 + ratio);
  // A little room, so that a rate of exactly `ratio` times the other's is not lost to rounding.
  if (share <= limit + 1e-12) return WEB_DEVELOPMENT;
  return share >= 1 - limit - 1e-12 ? DATA_SCIENCE : SHARED;
}
