import type pl from "nodejs-polars";
import type { Row } from "../../log/first-row";
import { frameOf } from "../../log/frame-of";
import { gathered } from "../../log/gathered";
import { above, not, where } from "../../log/where";
import { requireInteger, requireOneOf } from "../../stats/require-option";
import { type CrossProgramDaysOptions, crossProgramDays } from "../access/cross-program-days";
import { manyAddressesDays } from "../access/many-addresses-days";
import { campusAddresses, sharedAddresses } from "../access/shared-addresses";
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
  const detectors: [kind: Suspicion, find: () => pl.DataFrame, ...by: ("user_id" | "ip")[]][] = [
    ["copying", () => scrapingDays(accessLog), "user_id"],
    ["copying", () => scrapingDays(accessLog, { by: "ip" }), "ip"],
    ["probing", () => probingDays(accessLog), "user_id", "ip"],
    ["other program", () => crossProgramDays(accessLog, { curricula, from }), "user_id"],
    ["many addresses", () => manyAddressesDays(accessLog), "user_id"],
    ["shared address", () => sharedAddresses(accessLog), "ip"],
  ];
  const found = detectors.flatMap(([kind, find, ...by]) => {
    if (!kinds.includes(kind)) return [];
    const frame = find();
    return by.flatMap((name) => suspectsIn(frame, name, () => kind));
  });
  if (kinds.includes("outsider") || kinds.includes("class without a label")) {
    const users = suspectsIn(usersWithoutCohort(accessLog), "user_id", ({ started_with }) =>
      started_with >= together ? "class without a label" : "outsider",
    );
    found.push(...users.filter(({ kind }) => kinds.includes(kind)));
  }
  // Which addresses are a campus matters to every kind that names addresses.
  const isAnyAddress = found.some(({ what }) => what === "address");
  const campus = isAnyAddress ? campusAddresses("suspects", accessLog) : [];
  return ranked(found.filter(({ what, who }) => what === "user" || !campus.includes(who)));
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

/** Who is flagged, with the strangest day's finding, of several the first's. */
function suspectsIn(
  frame: pl.DataFrame,
  by: "user_id" | "ip",
  kindOf: (row: Row) => Suspicion,
): Suspect[] {
  const flagged: Row[] = where(frame, { score: above(1), [by]: not(null) }).toRecords();
  return Array.from(
    gathered(flagged, (row) => String(row[by])),
    ([who, own]) => {
      const inOrder = own.sort((a, b) => +a.date - +b.date);
      const [first, last] = [inOrder[0]!, inOrder.at(-1)!];
      const strangest = inOrder.reduce((most, row) => (row.score > most.score ? row : most));
      return {
        what: by === "ip" ? "address" : "user",
        who,
        kind: kindOf(strangest),
        score: strangest.score,
        // An address may be named for several users on one day.
        days: first.date ? new Set(own.map(({ date }) => +date)).size : first.days,
        first_day: dayOf(first.date ?? first.first_access),
        last_day: dayOf(last.date ?? last.last_access),
        finding: strangest.finding,
      };
    },
  );
}

const dayOf = (time: Date | null) => (time === null ? null : Math.floor(+time / 86_400_000));

/** By gravity; of one kind the highest score first, then users, then by name. */
function ranked(found: readonly Suspect[]): pl.DataFrame {
  const gravity = ({ kind }: Suspect) => SUSPICIONS.indexOf(kind);
  const inOrder = [...found].sort((a, b) => gravity(a) - gravity(b));
  const rows = Array.from(
    gathered(inOrder, ({ what, who }) => `${what} ${who}`).values(),
    (own) => ({ ...own[0]!, kinds: [...new Set(own.map(({ kind }) => kind))].join(", ") }),
  );
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
