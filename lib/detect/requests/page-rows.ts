import pl from "nodejs-polars";
import { codesOf } from "../../log/coded-column";
import { picked, timesOf } from "../../log/log-arrays";
import { siteOrder } from "../../log/site-order";

/** Requests for pages as typed arrays, one entry per request, for plain loops. */
export interface PageRows {
  /** Clock time in milliseconds since 1970, as if local time were UTC. */
  time: Float64Array;
  /** Place of each request's page in `paths`. */
  page: Int32Array;
  /** All pages, in the site's order. */
  paths: string[];
  /** For each key, the place of each request's value in `values`; -1 where it has none. */
  codes: Int32Array[];
  /** For each key, its different values, in order. */
  values: pl.Series[];
}

/**
 * The requests of a log that have a path, a time and a value in each of the first `sorted`
 * keys, by these, by time, by the page's place in the site's order and by the other keys: the
 * order of the log's rows leaves no trace.
 */
export function pageRows(
  accessLog: pl.DataFrame,
  keys: readonly string[],
  sorted: number,
): PageRows {
  const time = timesOf(accessLog);
  const { page, paths } = pagesInSiteOrder(accessLog);
  const coded = keys.map((key) => codesOf(accessLog, key));
  const codes = coded.map((key) => key.codes);

  const isCounted = (row: number) => {
    if (page[row]! < 0 || Number.isNaN(time[row]!)) return false;
    for (let key = 0; key < sorted; key++) if (codes[key]![row]! < 0) return false;
    return true;
  };
  let order = new Int32Array(time.length);
  let count = 0;
  for (let row = 0; row < time.length; row++) if (isCounted(row)) order[count++] = row;
  order = order.slice(0, count);
  const byTime = (a: number, b: number) => {
    if (time[a] !== time[b]) return time[a]! - time[b]!;
    if (page[a] !== page[b]) return page[a]! - page[b]!;
    for (const code of codes) if (code[a] !== code[b]) return code[a]! - code[b]!;
    return 0;
  };
  for (let key = sorted - 1; key >= 0; key--) {
    order = inBuckets(order, codes[key]!, coded[key]!.values.length);
  }
  const isSame = (a: number, b: number) => {
    for (let key = 0; key < sorted; key++) if (codes[key]![a] !== codes[key]![b]) return false;
    return true;
  };
  for (let begin = 0, row = 1; row <= order.length; row++) {
    if (row < order.length && isSame(order[row - 1]!, order[row]!)) continue;
    sortStretch(order.subarray(begin, row), time, byTime);
    begin = row;
  }
  return {
    time: picked(time, order, new Float64Array(count)),
    page: picked(page, order, new Int32Array(count)),
    paths,
    codes: codes.map((code) => picked(code, order, new Int32Array(count))),
    values: coded.map(({ values }) => values),
  };
}

/** Each row's place in the list of all pages, which is in the site's order; -1 without a path. */
function pagesInSiteOrder(accessLog: pl.DataFrame): { page: Int32Array; paths: string[] } {
  const { codes, values } = codesOf(accessLog, "path", pl.String);
  const texts = values.toArray() as string[];
  const paths = siteOrder(texts);
  const placeOf = new Map(paths.map((path, place) => [path, place]));
  const places = Int32Array.from(texts, (text) => placeOf.get(text)!);
  const page = new Int32Array(codes.length);
  for (let row = 0; row < page.length; row++) page[row] = places[codes[row]!] ?? -1;
  return { page, paths };
}

/** Rows by their code, those of one code in the order in which they come (a counting sort). */
function inBuckets(rows: Int32Array, code: Int32Array, codes: number) {
  const next = new Int32Array(codes + 1);
  for (let i = 0; i < rows.length; i++) next[code[rows[i]!]! + 1]!++;
  for (let c = 1; c <= codes; c++) next[c]! += next[c - 1]!;
  const placed = new Int32Array(rows.length);
  for (let i = 0; i < rows.length; i++) placed[next[code[rows[i]!]!]!++] = rows[i]!;
  return placed;
}

/** Sorts rows of one value of the keys; those of a log in order of time, only within each time. */
function sortStretch(
  rows: Int32Array,
  time: Float64Array,
  compare: (a: number, b: number) => number,
): void {
  for (let begin = 0, i = 1; i <= rows.length; i++) {
    if (i < rows.length && time[rows[i]!]! < time[rows[i - 1]!]!) {
      rows.sort(compare);
      return;
    }
    if (i < rows.length && time[rows[i]!] === time[rows[i - 1]!]) continue;
    if (i - begin > 1) sortFew(rows, begin, i, compare);
    begin = i;
  }
}

/** Sorts rows in place: a pair is the rule, for which sorting in general takes long to begin. */
function sortFew(
  rows: Int32Array,
  begin: number,
  end: number,
  compare: (a: number, b: number) => number,
): void {
  if (end - begin > 2) {
    rows.subarray(begin, end).sort(compare);
    return;
  }
  const [a, b] = [rows[begin]!, rows[begin + 1]!];
  if (compare(a, b) <= 0) return;
  rows[begin] = b;
  rows[begin + 1] = a;
}

/**
 * Where the spans of rows begin that belong together, and at the end the number of rows.
 *
 * @param begins whether a row belongs to another span than the one before it
 */
export function spanStarts(rows: number, begins: (row: number) => boolean): Int32Array {
  const starts: number[] = [];
  for (let row = 0; row < rows; row++) if (row === 0 || begins(row)) starts.push(row);
  starts.push(rows);
  return Int32Array.from(starts);
}

/**
 * The same rows by another key first, and by all that they were in the order of after it; those
 * without a value of that key are left out.
 */
export function regrouped(rows: PageRows, key: number): PageRows {
  const code = rows.codes[key]!;
  let order = new Int32Array(code.length);
  let count = 0;
  for (let row = 0; row < code.length; row++) if (code[row]! >= 0) order[count++] = row;
  order = inBuckets(order.subarray(0, count), code, rows.values[key]!.length);
  return {
    ...rows,
    time: picked(rows.time, order, new Float64Array(count)),
    page: picked(rows.page, order, new Int32Array(count)),
    codes: rows.codes.map((of) => picked(of, order, new Int32Array(count))),
  };
}

/** What some rows have of a key; all of them must have a value. */
export function valuesOf({ codes, values }: PageRows, key: number, rows: Int32Array): pl.Series {
  return values[key]!.gather(Array.from(rows, (row) => codes[key]![row]!));
}
