import type pl from "nodejs-polars";
import type { Row } from "../../log/first-row";
import { frameOf } from "../../log/frame-of";
import { above, not, where } from "../../log/where";
import { requireInteger, requireOneOf } from "../../stats/require-option";
import { type CrossProgramDaysOptions, crossProgramDays } from "../access/cross-program-days";
import { manyAddressesDays } from "../access/many-addresses-days";
import { sharedAddresses } from "../access/shared-addresses";
import { usersWithoutCohort } from "../access/users-without-cohort";
import { probingDays } from "../requests/probing-days";
import { scrapingDays } from "../requests/scraping-days";

/** Kinds of suspicion, the gravest first. */
export const SUSPICIONS = [
  "copying", // pages faster or broader than people read
  "probing", // requests for what intruders look for
  "outsider", // reading without ever having had a cohort
  "other program", // the other program's lessons after access to them ended
  "many addresses", // an account used from far more addresses than is usual
  "shared address", // an address used by more accounts than a class has
  "class without a label", // users without a cohort who began together, as a class does
] as const;

export type Suspicion = (typeof SUSPICIONS)[number];

export interface SuspectsOptions {
  kinds?: readonly Suspicion[];
  /** Others who began within a week of a user without a cohort from whom on these are a class. */
  together?: number;
  curricula?: CrossProgramDaysOptions["curricula"];
  /** First day without the other curriculum; found where not given. */
  from?: CrossProgramDaysOptions["from"];
}

/**
 * Users and addresses that somebody should look at, one row each, by the gravest `Suspicion`.
 * `outsider` never had a cohort; where `together` others began within a week, it is a `class
 * without a label`. An address that looks like a campus is no suspect.
 * @returns by rank: `rank`, `what` (`user` or `address`), `who`, `kind` (the gravest), `kinds`
 *   (all, with commas); of the gravest `score`, `days` (flagged; for users without a cohort and
 *   shared addresses all), `first_day`, `last_day` (or null), `finding` (the strangest day's)
 * @throws {RangeError} if a kind is not known, `from` no day, or `together` no integer above 0
 * @throws {Error} if a column is missing or of another type
 * @example
 * suspects(accessLog, { kinds: ["copying", "probing"] });
 */
export function suspects(
  accessLog: pl.DataFrame,
  { kinds = SUSPICIONS, together = 5, curricula, from }: SuspectsOptions = {},
): pl.DataFrame {
  for (const kind of kinds) requireOneOf("suspects", { kinds: kind }, SUSPICIONS);
  requireInteger("suspects", { together });
  const isAsked = (...some: Suspicion[]) => some.some((kind) => kinds.includes(kind));
  const found: Suspect[] = [];
  if (isAsked("copying")) {
    found.push(...ofDays("copying", scrapingDays(accessLog), "user_id"));
    found.push(...ofDays("copying", scrapingDays(accessLog, { by: "ip" }), "ip"));
  }
  if (isAsked("probing")) {
    const days = probingDays(accessLog);
    found.push(...ofDays("probing", days, "user_id"), ...ofDays("probing", days, "ip"));
  }
  if (isAsked("other program")) {
    const days = crossProgramDays(accessLog, { curricula, from });
    found.push(...ofDays("other program", days, "user_id"));
  }
  if (isAsked("many addresses")) {
    found.push(...ofDays("many addresses", manyAddressesDays(accessLog), "user_id"));
  }
  if (isAsked("outsider", "class without a label")) {
    const users = accused(usersWithoutCohort(accessLog), "user_id", ({ started_with }) =>
      started_with >= together ? "class without a label" : "outsider",
    );
    found.push(...users.filter(({ kind }) => isAsked(kind)));
  }
  // Which addresses are a campus matters to every kind that names addresses.
  const isAnyAddress = found.some(({ what }) => what === "address");
  if (!isAsked("shared address") && !isAnyAddress) return ranked(found);
  const addresses = sharedAddresses(accessLog);
  if (isAsked("shared address")) found.push(...accused(addresses, "ip", () => "shared address"));
  const campus = new Set(where(addresses, { address_kind: "campus" }).getColumn("ip"));
  return ranked(found.filter(({ what, who }) => what === "user" || !campus.has(who)));
}

interface Suspect {
  what: "user" | "address";
  who: string;
  kind: Suspicion;
  score: number;
  days: number;
  /** Days since 1970; null where no time is known. */
  first_day: number | null;
  last_day: number | null;
  finding: string;
}

function accused(frame: pl.DataFrame, by: "user_id" | "ip", kindOf: (row: Row) => Suspicion) {
  return where(frame, { score: above(1), [by]: not(null) })
    .toRecords()
    .map(
      (row: Row): Suspect => ({
        what: by === "ip" ? "address" : "user",
        who: String(row[by]),
        kind: kindOf(row),
        score: row.score,
        days: row.date ? 1 : row.days,
        first_day: dayOf(row.date ?? row.first_access),
        last_day: dayOf(row.date ?? row.last_access),
        finding: row.finding,
      }),
    );
}

/** Flagged days by who they are about, with the strangest day's finding, of several the first's. */
function ofDays(kind: Suspicion, days: pl.DataFrame, by: "user_id" | "ip"): Suspect[] {
  const gathered = new Map<string, Suspect>();
  const inOrder = accused(days, by, () => kind).sort((a, b) => a.first_day! - b.first_day!);
  for (const day of inOrder) {
    const own = gathered.get(day.who);
    if (!own) {
      gathered.set(day.who, day);
      continue;
    }
    // An address may be named for several users on one day.
    if (own.last_day !== day.last_day) own.days++;
    own.last_day = day.last_day;
    if (day.score > own.score) [own.score, own.finding] = [day.score, day.finding];
  }
  return [...gathered.values()];
}

const dayOf = (time: Date | null) => (time === null ? null : Math.floor(+time / 86_400_000));

/** By gravity; of one kind the highest score first, then users, then by name. */
function ranked(found: readonly Suspect[]): pl.DataFrame {
  const gravity = ({ kind }: Suspect) => SUSPICIONS.indexOf(kind);
  const bySuspect = new Map<string, Suspect & { kinds: string }>();
  for (const one of [...found].sort((a, b) => gravity(a) - gravity(b))) {
    const key = `${one.what} ${one.who}`;
    const gravest = bySuspect.get(key);
    if (gravest) gravest.kinds += `, ${one.kind}`;
    else bySuspect.set(key, { ...one, kinds: one.kind });
  }
  const rows = [...bySuspect.values()];
  rows.sort(
    (a, b) =>
      gravity(a) - gravity(b) ||
      b.score - a.score ||
      Number(a.what === "address") - Number(b.what === "address") ||
      compareNames(a.who, b.who),
  );
  const numbered = rows.map((row, place) => ({ rank: place + 1, ...row }));
  return frameOf(numbered, ...NAMES, "score", "days", "first_day", "last_day", "finding");
}

const NAMES = ["rank", "what", "who", "kind", "kinds"] as const;

/** Ids by size, all else by its text. */
const compareNames = (a: string, b: string) => Number(a) - Number(b) || (a < b ? -1 : 1);
