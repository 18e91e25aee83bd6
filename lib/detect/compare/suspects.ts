import pl from "nodejs-polars";
import { frameOf } from "../../log/frame-of";
import { type CrossProgramDaysOptions, crossProgramDays } from "../access/cross-program-days";
import { manyAddressesDays } from "../access/many-addresses-days";
import { sharedAddresses } from "../access/shared-addresses";
import { usersWithoutCohort } from "../access/users-without-cohort";
import { probingDays } from "../requests/probing-days";
import { flaggedScrapingDays } from "../requests/scraping-days";

/** Kinds of suspicion, the gravest first. */
export const SUSPICIONS = [
  "copying",
  "probing",
  "outsider",
  "other program",
  "many addresses",
  "shared address",
  "class without a label",
] as const;

/** One kind of suspicion. */
export type Suspicion = (typeof SUSPICIONS)[number];

export interface SuspectsOptions {
  /** Which kinds are looked for; in whatever order they are given, the gravest ranks first. */
  kinds?: readonly Suspicion[];
  /** Others without a cohort who began within a week of a user from whom on these are a class. */
  together?: number;
  /** Curricula of pages, as `pageCurricula` gives them; learned from the log where not given. */
  curricula?: CrossProgramDaysOptions["curricula"];
  /** First day on which the other program's curriculum should not open; found where not given. */
  from?: CrossProgramDaysOptions["from"];
}

/**
 * Users and addresses that somebody should look at, one row each, the gravest first.
 *
 * Every kind of suspicion has a detector of its own, and a score of 1.5 means something else in
 * each: pages over what a person can open, attacks, accounts over the size of a class. So kinds
 * are ranked by how much harm they do if they are what they look like, and only within a kind
 * does the score decide:
 *
 * 1. `copying`: the site was copied rather than read (`scrapingDays`, by user and by address). What
 *    is taken cannot be called back.
 * 2. `probing`: requests for what intruders look for (`probingDays`). An attempt; the log does
 *    not tell whether it succeeded.
 * 3. `outsider`: reads without ever having had a cohort, and began alone (`usersWithoutCohort`).
 * 4. `other program`: a student who read the other program's lessons after access to them ended
 *    (`crossProgramDays`). They belong to the school.
 * 5. `many addresses`: an account used from far more addresses than is usual
 *    (`manyAddressesDays`): handed around, or a phone whose carrier changes its address.
 * 6. `shared address`: more accounts than a class has, and no campus (`sharedAddresses`): a
 *    proxy, or a carrier.
 * 7. `class without a label`: as an outsider, but `together` others or more began within the same
 *    week. Most likely a class that was never entered: a gap in the school's lists.
 *
 * Whoever is suspected of several kinds has one row, at the place of the gravest; `kinds` names
 * them all, and score, days and finding are those of the gravest. Users stand before addresses of
 * the same score. An address that looks like a campus is no suspect, whatever a user did from it.
 *
 * A row is a place to look, not a verdict: each detector's documentation lists innocent
 * explanations. Bands of daily pages and improbable requests (`surprisingDays`) are left out: they
 * find unusual reading, which breaks no rule. So is reading after graduation. The log has no
 * user agents, so a program that reads slowly, or over many accounts, is not seen.
 *
 * @param accessLog access log in any order, as `prepareLogs` gives it
 * @returns one row per user or address under suspicion, by rank: `rank` (Int64, from 1), `what`
 *   (`user` or `address`), `who` (String), `kind` (the gravest), `kinds` (all, the gravest first,
 *   joined with commas), `score` (Float64, above 1), `days` (Int64, days flagged; of users without
 *   a cohort and of shared addresses all with requests), `first_day`, `last_day` (Date, of these;
 *   null where no time is known), `finding` (String, a sentence on the strangest day)
 * @throws {RangeError} if a kind is not known, `from` is not a day, or `together` is not an integer above 0
 * @throws {Error} if a column is missing or of another type
 * @example
 * suspects(accessLog, { kinds: ["copying", "probing"] });
 */
export function suspects(
  accessLog: pl.DataFrame,
  { kinds = SUSPICIONS, together = 5, curricula, from }: SuspectsOptions = {},
): pl.DataFrame {
  for (const kind of kinds) {
    if (!SUSPICIONS.includes(kind)) {
      throw new RangeError(`suspects needs kinds among ${SUSPICIONS.join(", ")}; got ${kind}`);
    }
  }
  if (!(Number.isInteger(together) && together > 0)) {
    throw new RangeError(
      `suspects needs together of 1 user or more, got ${together}: so many beside one are a class`,
    );
  }
  const isAsked = (...some: Suspicion[]) => some.some((kind) => kinds.includes(kind));
  const found: Suspect[] = [];
  if (isAsked("copying")) {
    found.push(...ofDays("copying", flaggedScrapingDays(accessLog), "user_id"));
    found.push(...ofDays("copying", flaggedScrapingDays(accessLog, { by: "ip" }), "ip"));
  }
  if (isAsked("probing")) {
    const days = probingDays(accessLog);
    found.push(...ofDays("probing", days, "user_id"));
    found.push(...ofDays("probing", days.filter(pl.col("ip").isNotNull()), "ip"));
  }
  if (isAsked("other program")) {
    found.push(
      ...ofDays("other program", crossProgramDays(accessLog, { curricula, from }), "user_id"),
    );
  }
  if (isAsked("many addresses")) {
    found.push(...ofDays("many addresses", manyAddressesDays(accessLog), "user_id"));
  }
  if (isAsked("outsider", "class without a label")) {
    found.push(...withoutCohort(accessLog, together).filter(({ kind }) => isAsked(kind)));
  }
  // Which addresses are a campus matters to every kind that names addresses.
  const isAnyAddress = found.some(({ what }) => what === ADDRESS);
  const addresses = isAnyAddress || isAsked("shared address") ? sharedAddresses(accessLog) : null;
  const campus = new Set(
    addresses
      ?.filter(pl.col("address_kind").eq(pl.lit("campus")))
      .getColumn("ip")
      .toArray(),
  );
  if (addresses && isAsked("shared address")) {
    found.push(
      ...ofTimes(addresses, "ip").map((one) => ({ ...one, kind: "shared address" as const })),
    );
  }
  return ranked(found.filter(({ what, who }) => what === USER || !campus.has(who)));
}

const USER = "user";
const ADDRESS = "address";

/** What one detector has against one user or address. */
interface Suspect {
  what: typeof USER | typeof ADDRESS;
  who: string;
  kind: Suspicion;
  score: number;
  days: number;
  /** Days since 1970; null where no time is known. */
  first: number | null;
  last: number | null;
  finding: string;
}

/** Flagged days, gathered by who they are about; the finding is that of the strangest, of several the first. */
function ofDays(kind: Suspicion, days: pl.DataFrame, by: "user_id" | "ip"): Suspect[] {
  const flagged = days.filter(pl.col("score").gt(pl.lit(1))).sort([by, "date"]);
  const [whose, dates, scores, findings] = [by, "date", "score", "finding"].map((name) =>
    (name === "date"
      ? flagged.getColumn("date").cast(pl.Int32)
      : flagged.getColumn(name)
    ).toArray(),
  ) as [unknown[], number[], number[], string[]];
  const known = new Map<string, Suspect>();
  whose.forEach((id, row) => {
    const who = String(id);
    const own = known.get(who);
    const day = dates[row]!;
    if (!own) {
      const what = by === "ip" ? ADDRESS : USER;
      const [score, finding] = [scores[row]!, findings[row]!];
      known.set(who, { what, who, kind, score, days: 1, first: day, last: day, finding });
      return;
    }
    // An address may be named for several users on one day.
    if (own.last !== day) own.days++;
    own.last = day;
    if (scores[row]! > own.score) [own.score, own.finding] = [scores[row]!, findings[row]!];
  });
  return [...known.values()];
}

/** Users without a cohort: alone, or in company. */
function withoutCohort(accessLog: pl.DataFrame, together: number): Suspect[] {
  const users = usersWithoutCohort(accessLog).filter(pl.col("score").gt(pl.lit(1)));
  const others = users.getColumn("started_with").toArray().map(Number);
  return ofTimes(users, "user_id").map((one, row) => ({
    ...one,
    kind: others[row]! >= together ? "class without a label" : "outsider",
  }));
}

/** Flagged rows that are of a user or an address already. */
function ofTimes(frame: pl.DataFrame, by: "user_id" | "ip"): Omit<Suspect, "kind">[] {
  const flagged = frame.filter(pl.col("score").gt(pl.lit(1)));
  const [whose, scores, days, first, last, findings] = [
    flagged.getColumn(by),
    flagged.getColumn("score"),
    flagged.getColumn("days"),
    flagged.getColumn("first_access"),
    flagged.getColumn("last_access"),
    flagged.getColumn("finding"),
  ].map((column) => column.toArray()) as [
    unknown[],
    number[],
    unknown[],
    (Date | null)[],
    (Date | null)[],
    string[],
  ];
  return whose.map((id, row) => ({
    what: by === "ip" ? ADDRESS : USER,
    who: String(id),
    score: scores[row]!,
    days: Number(days[row]!),
    first: dayOf(first[row]!),
    last: dayOf(last[row]!),
    finding: findings[row]!,
  }));
}

function dayOf(time: Date | null): number | null {
  return time === null ? null : Math.floor(+time / 86_400_000);
}

/** One row for each, gravest kind first; of one kind the highest score, then users, then by name. */
function ranked(found: readonly Suspect[]): pl.DataFrame {
  const bySuspect = new Map<string, Suspect[]>();
  for (const one of found) {
    const key = `${one.what} ${one.who}`;
    bySuspect.set(key, [...(bySuspect.get(key) ?? []), one]);
  }
  const gravity = ({ kind }: Suspect) => SUSPICIONS.indexOf(kind);
  const rows = Array.from(bySuspect.values(), (own) => {
    own.sort((a, b) => gravity(a) - gravity(b));
    return { gravest: own[0]!, kinds: own.map(({ kind }) => kind).join(", ") };
  });
  rows.sort(
    ({ gravest: a }, { gravest: b }) =>
      gravity(a) - gravity(b) ||
      b.score - a.score ||
      Number(a.what === ADDRESS) - Number(b.what === ADDRESS) ||
      compareNames(a.who, b.who),
  );
  return frameOf(
    rows.map(({ gravest, kinds }, row) => ({
      rank: row + 1,
      what: gravest.what,
      who: gravest.who,
      kind: gravest.kind,
      kinds: kinds,
      score: gravest.score,
      days: gravest.days,
      first_day: gravest.first,
      last_day: gravest.last,
      finding: gravest.finding,
    })),
    "rank",
    "what",
    "who",
    "kind",
    "kinds",
    "score",
    "days",
    { first_day: pl.Int32, last_day: pl.Int32 },
    "finding",
  ).withColumns(pl.col("first_day").cast(pl.Date), pl.col("last_day").cast(pl.Date));
}

/** Ids by size, all else by its text. */
function compareNames(a: string, b: string): number {
  const difference = Number(a) - Number(b);
  return difference || (a < b ? -1 : a > b ? 1 : 0);
}
