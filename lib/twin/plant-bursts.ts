import { type Bed, drawOne, homeNear, isSameTime, movableRows, SHARE } from "./plant-bed";
import type { Reader } from "./reader-book";

/** Source: common lists of such requests. */
export const PROBES: readonly string[] = [
  ".env",
  "..%2f..%2f..%2fetc%2fpasswd",
  "admin.php",
  `search?q="><script>alert('1')</script>`,
  "backup.sql",
  "cgi-bin/test.cgi",
  "login.php?user=admin'%20or%20'1'='1'--",
  "phpmyadmin/index.php",
  "server-status",
  "%2e%2e%2f%2e%2e%2fwindows%2fwin.ini",
  "wp-content/plugins/index.php",
  `xmlrpc.php?x=<img%20src=x%20onerror="alert(1)">`,
];

/** Different pages within seconds, from an address that nobody else has. */
export function scraping(bed: Bed, reader: Reader) {
  const { log, random, sizes, newAddress } = bed;
  const wanted = sizes.scrape + random.below(200);
  const gathered = gather(bed, reader, wanted, { least: sizes.scrape, distinct: true });
  if (!gathered) return undefined;
  const { rows } = gathered;
  const perSecond = 4 + random.below(24);
  const begin = random.below(86_400 - Math.ceil(rows.length / perSecond));
  const address = newAddress();
  rows.forEach((row, i) => {
    log.day[row] = gathered.day;
    log.second[row] = begin + Math.floor(i / perSecond);
    log.address[row] = address;
  });
  return { address, rows };
}

/** A day with more than twice the rows of any other of the reader's. */
export function oneDayPeak(bed: Bed, reader: Reader) {
  const { log, book, random, sizes } = bed;
  const { day, second, address } = log;
  let most = 0;
  for (const row of reader.rows) most = Math.max(most, book.rowsOn(reader.userId, day[row]!));
  const least = Math.max(sizes.peak, 2 * most + 1);
  const wanted = Math.max(least, sizes.peak + random.below(120));
  const gathered = gather(bed, reader, wanted, { least, distinct: false });
  if (!gathered) return undefined;
  const { rows, anchor } = gathered;
  const step = 8 + random.below(40);
  const begin = Math.max(0, Math.min(second[anchor]!, 86_399 - rows.length * step));
  const from = homeNear(bed, reader, anchor);
  rows.forEach((row, i) => {
    day[row] = gathered.day;
    second[row] = Math.min(86_399, begin + i * step + random.below(step));
    address[row] = from;
  });
  return { rows: reader.rows.filter((row) => day[row] === gathered.day) };
}

/** Rows of a reader around one of their days, on different pages if possible, by path. */
function gather(
  { log, random }: Bed,
  reader: Reader,
  wanted: number,
  { least, distinct }: { least: number; distinct: boolean },
): { day: number; anchor: number; rows: number[] } | undefined {
  const { day, path, paths } = log;
  const movable = movableRows(log, reader);
  if (movable.length === 0) return undefined;
  const anchor = movable[random.below(movable.length)]!;
  const on = day[anchor]!;
  const near = movable.filter((row) => isSameTime(reader, on, day[row]!));
  near.sort((a, b) => Math.abs(day[a]! - on) - Math.abs(day[b]! - on) || a - b);
  const size = Math.min(wanted, Math.floor(near.length * SHARE));
  if (size < least) return undefined;
  // From three times as many: the days around do not become empty.
  const open = near.slice(0, 3 * size);
  const [different, again]: [number[], number[]] = [[], []];
  const seen = new Set<number>();
  while (open.length > 0) {
    const row = drawOne(open, random);
    (seen.has(path[row]!) ? again : different).push(row);
    seen.add(path[row]!);
  }
  const rows = (distinct ? different : different.concat(again)).slice(0, size);
  if (rows.length < least) return undefined;
  const text = (row: number) => paths[path[row]!]!;
  rows.sort((a, b) => (text(a) === text(b) ? a - b : text(a) < text(b) ? -1 : 1));
  return { day: on, anchor, rows };
}

/** Paths that the site has not, one after the other within seconds. */
export function probing(bed: Bed, reader: Reader) {
  const { log, random, sizes, newAddress } = bed;
  const { day, second, paths } = log;
  const movable = movableRows(log, reader);
  if (movable.length === 0) return undefined;
  const start = random.below(movable.length);
  const size = sizes.probes + random.below(7);
  const first = movable[start]!;
  const on = day[first]!;
  const rows = movable
    .slice(start, start + size)
    .filter((row) => isSameTime(reader, on, day[row]!));
  if (rows.length < sizes.probes) return undefined;
  const address = newAddress();
  const begin = random.below(PROBES.length);
  let at = Math.min(second[first]!, 86_399 - 3 * rows.length);
  rows.forEach((row, i) => {
    log.path[row] = placeIn(paths, PROBES[(begin + i) % PROBES.length]!);
    day[row] = on;
    second[row] = at;
    log.address[row] = address;
    at += random.below(3);
  });
  return { address, rows };
}

function placeIn(texts: string[], text: string): number {
  const place = texts.indexOf(text);
  return place >= 0 ? place : texts.push(text) - 1;
}
