import pl from "nodejs-polars";
import { frameOf } from "../../log/frame-of";
import { isoDay } from "../../log/iso-day";
import { numbers } from "../../log/typed-arrays";
import { formatCount } from "../../words/format-words";
import { quotedText } from "../../words/quoted-text";
import { visibleText } from "../../words/visible-text";
import { probedRows, WEIGHT } from "./probed-rows";

const DAY = 86_400_000;
/** Paths that a sentence names. */
const NAMED = 3;

/**
 * Days on which someone looks for a way into the server: the requests that `probingRequests`
 * finds, per user and day.
 *
 * The score adds up the requests. One that nothing but an attack explains (a step up in a
 * path, a script, SQL, a command) counts 1.5, and is a flag alone. One that could be curiosity,
 * a slip or an old bookmark (`.git`, `wp-login`, `phpinfo`) counts 0.5: the third in a day is a
 * flag, one or two are in the list and no flag. What devices ask for by themselves (below
 * `.well-known/`) counts 0.1. A request that is logged twice in the same second counts once.
 *
 * Innocent explanations: a student or teacher who tries in class what was taught, someone
 * with permission to test the site, software on the user's machine.
 *
 * @param accessLog access log in any order: `timestamp`, `user_id`, `ip`, `path`
 * @returns one row per user and day with probing requests, by both: `user_id` (Int64), `date`
 *   (Date), `requests`, `paths` (Int64, rows and different paths), `probes` (String, the
 *   kinds, by alphabet, joined with commas), `ip` (String, the address of most of them, of
 *   several the first by alphabet; null where none is known), `score` (Float64, above 1 is a
 *   flag), `finding` (String, null where there is no flag). Rows without a time or a user are
 *   nobody's day and left out.
 * @throws {Error} if a column is missing or of another type
 */
export function probingDays(accessLog: pl.DataFrame): pl.DataFrame {
  const probed = probedRows("probingDays", accessLog).filter(
    pl.col("user_id").isNotNull().and(pl.col("timestamp").isNotNull()),
  );
  const days = new Map<string, DayOfProbes>();
  const [times, users, ips, paths, kinds, weights] = [
    numbers(probed.select(pl.col("timestamp").cast(pl.Int64)), "timestamp"),
    ...["user_id", "ip", "path", "probe", WEIGHT].map((name) => probed.getColumn(name).toArray()),
  ] as [Float64Array, number[], (string | null)[], string[], string[], number[]];
  for (let row = 0; row < times.length; row++) {
    const date = Math.floor(times[row]! / DAY);
    const key = `${users[row]} ${date}`;
    let day = days.get(key);
    if (!day) {
      day = { user: Number(users[row]), date, requests: 0, points: 0, ...newCounts() };
      days.set(key, day);
    }
    day.requests++;
    const path = paths[row]!;
    const second = Math.floor(times[row]! / 1000);
    if (day.seconds.get(path) !== second) day.points += weights[row]!;
    day.seconds.set(path, second);
    day.kinds.add(kinds[row]!);
    const ip = ips[row]!;
    if (ip !== null) day.ips.set(ip, (day.ips.get(ip) ?? 0) + 1);
  }

  const types = {
    user_id: pl.Int64,
    date: pl.Int32,
    requests: pl.Int64,
    paths: pl.Int64,
    probes: pl.String,
    ip: pl.String,
    score: pl.Float64,
    finding: pl.String,
  };
  return frameOf(
    [...days.values()].map((day) => ({
      user_id: day.user,
      date: day.date,
      requests: day.requests,
      paths: day.seconds.size,
      probes: [...day.kinds].sort().join(", "),
      ip: mostUsed(day.ips),
      score: day.points,
      finding: day.points > 1 ? findingOf(day) : null,
    })),
    types,
  )
    .withColumns(pl.col("date").cast(pl.Date))
    .sort(["user_id", "date"]);
}

/** What a user asked for on a day. */
interface DayOfProbes {
  user: number;
  /** Days since 1970. */
  date: number;
  requests: number;
  points: number;
  /** The second of each path's last request, paths in order of their first. */
  seconds: Map<string, number>;
  kinds: Set<string>;
  /** Requests from each address. */
  ips: Map<string, number>;
}

const newCounts = (): Pick<DayOfProbes, "seconds" | "kinds" | "ips"> => ({
  seconds: new Map(),
  kinds: new Set(),
  ips: new Map(),
});

function mostUsed(ips: ReadonlyMap<string, number>): string | null {
  const ranked = [...ips].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return ranked[0]?.[0] ?? null;
}

function findingOf({ user, date, requests, seconds, kinds, ips }: DayOfProbes): string {
  const day = isoDay(date);
  const named = [...seconds.keys()].slice(0, NAMED).map((path) => quotedText(path, { max: 60 }));
  const more = seconds.size - named.length;
  const ip = mostUsed(ips);
  return (
    `User ${user} asked ${formatCount(requests)} ${requests === 1 ? "time" : "times"} on ${day} ` +
    `for what intruders look for (${[...kinds].sort().join(", ")}): ${named.join(", ")}` +
    `${more > 0 ? ` and ${formatCount(more)} more` : ""}` +
    `${ip === null ? "" : `, from ${visibleText(ip, { max: 60 })}`}. ` +
    "A reader asks for none of it."
  );
}
