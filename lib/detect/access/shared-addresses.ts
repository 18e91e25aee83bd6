import pl, { type DataType } from "nodejs-polars";
import { requireColumns } from "../../log/require-columns";
import { median } from "../../stats/median";
import { counted, formatCount, formatNumber, formatPercent } from "../../words/format-words";
import { visibleText } from "../../words/visible-text";
import { type AddressUse, addressUse } from "./address-use";
import { type KnownRequests, knownRequests } from "./known-requests";

export interface SharedAddressesOptions {
  /** Most accounts that an address is let pass with; by default as many as a class has (see there). */
  accounts?: number;
}

/** Fewest accounts that count as a class, where cohorts are tiny or there are none. */
const SMALLEST_CLASS = 5;

/**
 * Addresses that many accounts use: which of them look like a campus, and which are shared by
 * more accounts than anything but a campus should be.
 *
 * A campus is learned from the log, not named: 10 accounts or more have used the address, on
 * the middle day of its use 3 or more, and three quarters of requests from it fall into class
 * hours (Monday to Friday, 8:00 to 17:00). Any other address is flagged if more accounts have used it than a
 * class has: the median over cohorts of their users, but at least 5.
 *
 * Innocent explanations: a carrier that gives its customers the same address one after the
 * other, a library, an employer of graduates, the school's own second line or VPN. Accounts
 * that are handed around look the same; who was there at the same time tells more.
 *
 * @param accessLog access log, as `prepareLogs` gives it; rows without address, user or time
 *   count for nothing
 * @returns one row per address, by address (`ip`, String): `users`, `cohorts` (those with an
 *   id), `rows`, `days` (with requests; all Int64), `first_access`, `last_access` (Datetime
 *   ms), `most_users_on_a_day` (Int64), `users_on_a_middle_day` (Float64, median over days with
 *   requests), `weekday_share`, `class_hours_share` (Float64, of requests), `address_kind`
 *   (String: `campus`, `shared` by more accounts than a class has, by a `few`, or of a `single`
 *   one), `score` (accounts, in classes; 0 for a campus), `finding`
 * @throws {RangeError} if `accounts` is not a number above 0
 * @throws {Error} if a column is missing or of another type
 */
export function sharedAddresses(
  accessLog: pl.DataFrame,
  { accounts }: SharedAddressesOptions = {},
): pl.DataFrame {
  if (accounts !== undefined && !(accounts > 0 && accounts < Infinity)) {
    throw new RangeError(
      `sharedAddresses needs accounts above 0, got ${accounts}: it is the most that may share an address`,
    );
  }
  requireColumns("sharedAddresses", accessLog, "timestamp", "date", "user_id", "cohort_id", "ip");
  const requests = knownRequests(accessLog);
  const { values: ips } = requests.address;
  const limit = accounts ?? usersOfAClass(requests);
  const uses = addressUse(requests);
  const score = uses.map(({ users, isCampus }) => (isCampus ? 0 : users / limit));
  const kind = uses.map(({ users, isCampus }) => {
    if (isCampus) return "campus";
    return users > limit ? "shared" : users > 1 ? "few" : "single";
  });
  const findings = ips.map((ip, a) => (score[a]! > 1 ? finding(ip, uses[a]!, limit) : null));
  const column = (name: string, of: (use: AddressUse) => number, type: DataType = pl.Int64) =>
    pl.Series(name, uses.map(of), type);
  return pl.DataFrame([
    pl.Series("ip", ips, pl.String),
    column("users", ({ users }) => users),
    column("cohorts", ({ cohorts }) => cohorts),
    column("rows", ({ rows }) => rows),
    column("days", ({ days }) => days),
    column("first_access", ({ first }) => first).cast(pl.Datetime("ms")),
    column("last_access", ({ last }) => last).cast(pl.Datetime("ms")),
    column("most_users_on_a_day", ({ mostUsersOnADay }) => mostUsersOnADay),
    column("users_on_a_middle_day", ({ usersOnAMiddleDay }) => usersOnAMiddleDay, pl.Float64),
    column("weekday_share", ({ weekdayShare }) => weekdayShare, pl.Float64),
    column("class_hours_share", ({ classHoursShare }) => classHoursShare, pl.Float64),
    pl.Series("address_kind", kind, pl.String),
    pl.Series("score", score, pl.Float64),
    pl.Series("finding", findings, pl.String),
  ]);
}

/** Median over cohorts of their users. */
function usersOfAClass({ cohort, user }: KnownRequests): number {
  const users = new Map<number, Set<number>>();
  let [lastCohort, lastUser] = [Infinity, -1];
  for (let row = 0; row < cohort.length; row++) {
    // A user's rows follow each other as a rule.
    if (cohort[row] === lastCohort && user.codes[row] === lastUser) continue;
    [lastCohort, lastUser] = [cohort[row]!, user.codes[row]!];
    if (lastCohort === Infinity) continue;
    const own = users.get(lastCohort) ?? new Set();
    users.set(lastCohort, own.add(lastUser));
  }
  return Math.max(SMALLEST_CLASS, median(Array.from(users.values(), ({ size }) => size)) || 0);
}

function finding(ip: string, use: AddressUse, limit: number): string {
  const { users, cohorts, rows, days, usersOnAMiddleDay, mostUsersOnADay, classHoursShare } = use;
  return (
    `${counted(users, "account")} of ${counted(cohorts, "cohort")} made ` +
    `${counted(rows, "request")} from ${visibleText(ip, { max: 60 })} on ${counted(days, "day")}, ` +
    `${formatNumber(usersOnAMiddleDay, 1)} at once on the middle day and ` +
    `${formatCount(mostUsersOnADay)} at most, ${formatPercent(classHoursShare, 0)} in class hours: ` +
    `unlike a campus, and more than the ${formatNumber(limit, 1)} of a class.`
  );
}
