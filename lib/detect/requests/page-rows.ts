import pl from "nodejs-polars";
import { codedColumn, codesOf } from "../../log/coded-column";
import { picked, timesOf } from "../../log/log-arrays";
import { siteOrder } from "../../log/site-order";
import { sortedBy } from "./spans";

export interface PageRows {
  /** Clock time in milliseconds since 1970, as if local time were UTC. */
  time: Float64Array;
  /** Place of each request's page in `paths`, which are in the site's order. */
  page: Int32Array;
  paths: readonly string[];
  /** By key, the place of each request's value in `values`; -1 where it has none. */
  codes: Readonly<Record<string, Int32Array>>;
  values: Readonly<Record<string, pl.Series>>;
}

/** Requests with a path, a time and all `keys`, by these, time, page and `others`. */
export function pageRows(
  accessLog: pl.DataFrame,
  keys: readonly string[],
  others: readonly string[] = [],
): PageRows {
  const coded = [...keys, ...others].map((key) => ({ key, ...codesOf(accessLog, key) }));
  const all: PageRows = {
    time: timesOf(accessLog),
    ...pagesInSiteOrder(accessLog),
    codes: Object.fromEntries(coded.map(({ key, codes }) => [key, codes])),
    values: Object.fromEntries(coded.map(({ key, values }) => [key, values])),
  };
  const needed = [all.page, ...keys.map((key) => all.codes[key]!)];
  const known = all.page
    .map((_, row) => row)
    .filter((row) => !Number.isNaN(all.time[row]!) && needed.every((of) => of[row]! >= 0));
  const rows = someRows(all, known);
  const [first, last] = [keys, others].map((some) => some.map((key) => rows.codes[key]!));
  return someRows(
    rows,
    sortedBy([...first!, ranksOf(rows.time), rows.page, ...last!], known.length),
  );
}

function ranksOf(time: Float64Array): Int32Array {
  const ranks = new Int32Array(time.length);
  for (let row = 1; row < time.length; row++) {
    // As a rule a log is in order of time, for which there is a shorter way.
    if (time[row]! < time[row - 1]!) return codedColumn(pl.Series("time", time)).codes;
    ranks[row] = ranks[row - 1]! + Number(time[row] !== time[row - 1]);
  }
  return ranks;
}

/** Each row's place in `paths`; -1 without a path. */
function pagesInSiteOrder(accessLog: pl.DataFrame): { page: Int32Array; paths: string[] } {
  const { codes, values } = codesOf(accessLog, "path", pl.String);
  const texts = values.toArray() as string[];
  const paths = siteOrder(texts);
  const placeOf = new Map(paths.map((path, place) => [path, place]));
  const places = texts.map((text) => placeOf.get(text)!);
  return { page: codes.map((code) => places[code] ?? -1), paths };
}

export function someRows(rows: PageRows, some: Int32Array): PageRows {
  const of = (values: Int32Array) => picked(values, some, new Int32Array(some.length));
  return {
    ...rows,
    time: picked(rows.time, some, new Float64Array(some.length)),
    page: of(rows.page),
    codes: Object.fromEntries(Object.entries(rows.codes).map(([key, codes]) => [key, of(codes)])),
  };
}
