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
  const codes = coded.map((own) => own.codes);
  const [first, last] = [codes.slice(0, keys.length), codes.slice(keys.length)];
  const time = timesOf(accessLog);
  const { page, paths } = pagesInSiteOrder(accessLog);
  const order = sortedBy([...first, ranksOf(time), page, ...last], page.length).filter(
    (row) => page[row]! >= 0 && !Number.isNaN(time[row]!) && first.every((own) => own[row]! >= 0),
  );
  const all = {
    ...{ time, page, paths },
    codes: Object.fromEntries(coded.map(({ key, codes }) => [key, codes])),
    values: Object.fromEntries(coded.map(({ key, values }) => [key, values])),
  };
  return someRows(all, order);
}

function ranksOf(time: Float64Array): Int32Array {
  const ranks = new Int32Array(time.length);
  for (let row = 1; row < time.length; row++) {
    // As a rule a log is in order of time, for which there is a shorter way.
    if (!(time[row]! >= time[row - 1]!)) return codedColumn(pl.Series("time", time)).codes;
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
