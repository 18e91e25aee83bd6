import pl from "nodejs-polars";
import type { Row } from "../../log/first-row";
import { frameOf } from "../../log/frame-of";
import { gathered } from "../../log/gathered";
import { isoDay } from "../../log/iso-day";
import { not, where } from "../../log/where";
import { counted, formatCount } from "../../words/format-words";
import { quotedText } from "../../words/quoted-text";
import { visibleText } from "../../words/visible-text";
import { probedRows, WEIGHT } from "./probing-requests";

const DAY = 86_400_000;
const NAMED = 3;

/**
 * Days on which someone looks for a way into the server. The score adds up what `probingRequests`
 * finds: 1.5 for what nothing but an attack explains, 0.5 for what could be curiosity, 0.1 for what
 * devices ask for by themselves; the same path twice in one second counts once.
 * @returns one row per user and day with probing requests, by both: `user_id`, `date`, `requests`,
 *   `paths`, `probes` (kinds by alphabet), `ip` (the most used), `score`, `finding` (null without a
 *   flag).
 * @throws {Error} if a column is missing or of another type
 * @example
 * where(probingDays(accessLog), { score: above(1) });
 */
export function probingDays(accessLog: pl.DataFrame): pl.DataFrame {
  const probed = probedRows("probingDays", accessLog);
  const requests = where(probed, { user_id: not(null), timestamp: not(null) })
    .withColumns(pl.col("timestamp").cast(pl.Int64))
    .toRecords() as Row[];
  const days = gathered(requests, (request) => `${request.user_id} ${dayOf(request)}`);
  const rows = Array.from(days.values(), summary);
  const ofDay = ["requests", "paths", "probes", "ip", "score", "finding"] as const;
  return frameOf(rows, "user_id", "date", ...ofDay).sort(["user_id", "date"]);
}

const dayOf = ({ timestamp }: Row) => Math.floor(timestamp / DAY);

function summary(requests: readonly Row[]) {
  const paths = [...new Set(requests.map(({ path }) => path))];
  const probes = [...new Set(requests.map(({ probe }) => probe))].sort().join(", ");
  const once = new Map(
    requests.map((one) => [`${Math.floor(one.timestamp / 1000)} ${one.path}`, one]),
  );
  const score = Array.from(once.values()).reduce((sum, one) => sum + one[WEIGHT], 0);
  const ip = mostUsed(requests.flatMap((one) => one.ip ?? []));
  const { user_id: user } = requests[0]!;
  const date = dayOf(requests[0]!);
  const named = paths.slice(0, NAMED).map((path) => quotedText(path, { max: 60 }));
  const more = paths.length - named.length;
  const finding =
    `User ${user} asked ${counted(requests.length, "time")} on ${isoDay(date)} ` +
    `for what intruders look for (${probes}): ${named.join(", ")}` +
    `${more > 0 ? ` and ${formatCount(more)} more` : ""}` +
    `${ip === null ? "" : `, from ${visibleText(ip, { max: 60 })}`}. ` +
    "A reader asks for none of it.";
  const known = { requests: requests.length, paths: paths.length, probes, ip, score };
  return { user_id: user, date, ...known, finding: score > 1 ? finding : null };
}

/** The most frequent; of several, the first by alphabet. */
function mostUsed(ips: readonly string[]): string | null {
  const ranked = [...gathered(ips, (ip) => ip)].sort(
    ([a, own], [b, others]) => others.length - own.length || (a < b ? -1 : 1),
  );
  return ranked[0]?.[0] ?? null;
}
