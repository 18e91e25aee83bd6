import type pl from "nodejs-polars";
import { frameOf } from "../log/frame-of";
import { type RandomStream, randomStream } from "../stats/random";
import { requireInteger } from "../stats/require-option";
import {
  APIS,
  type ApiUsage,
  DAY_TO_MEAN,
  STRETCH_TO_DAYS,
  USERS_BY_APIS,
  WEEKEND_USE,
} from "./usage-shapes";

export interface SampleUsageOptions {
  seed?: number;
}

/** From Friday, 2021-08-13, to 2021-12-08. */
const DAYS = 118;
const FIRST_EPOCH_DAY = Date.UTC(2021, 7, 13) / 86_400_000;
const EARLY_UNTIL = 39;
const LATE_FROM = 89;

/**
 * Made-up API usage like the user-grouping case's: 611 users and 912 pairs of user and API,
 * whatever the seed, on 118 days.
 *
 * @returns `dt`, `user_id`, `type`, `api_count`, sorted by the first three
 * @throws {RangeError} if `seed` is not an integer
 */
export function sampleUsage({ seed = 1 }: SampleUsageOptions = {}): pl.DataFrame {
  requireInteger("sampleUsage", { seed }, {});
  const pairs = pairUsersWithApis(randomStream(seed, "usage pairs"));
  const when = randomStream(seed, "usage days");
  const howMuch = randomStream(seed, "usage calls");
  const levels = pairs.map(() => howMuch.next());
  const lengths = daysOfPairs(pairs, levels, randomStream(seed, "usage lengths"));
  const rows = pairs.flatMap(({ userId, api }, i) => {
    const mean = quantile(api.callsPerDay, levels[i]!);
    const length = lengths[i]!;
    return daysOfUse(length, api, when).map((day) => {
      const ratio = length === 1 ? 1 : quantile(DAY_TO_MEAN, howMuch.next());
      const api_count = Math.max(1, Math.round(mean * ratio));
      return { dt: FIRST_EPOCH_DAY + day, user_id: userId, type: api.type, api_count };
    });
  });
  const keys = ["dt", "user_id", "type"] as const;
  return frameOf(rows, ...keys, "api_count").sort([...keys]);
}

function pairUsersWithApis(random: RandomStream): { userId: number; api: ApiUsage }[] {
  const lacking = APIS.map((api) => api.users);
  const counts = USERS_BY_APIS.flatMap((users, i) => new Array<number>(users).fill(i + 1));
  const userIds = shuffle(Array.from(counts.keys()), random);
  // Those with most APIs choose first, while all APIs still lack users.
  return counts.reverse().flatMap((count, i) => {
    const chosen = new Set<number>();
    while (chosen.size < count) {
      const weights = lacking.map((users, a) => (chosen.has(a) ? 0 : users));
      chosen.add(pick(weights, random.next()));
    }
    return [...chosen].map((a) => {
      lacking[a]!--;
      return { userId: userIds[i]!, api: APIS[a]! };
    });
  });
}

/** Of an API's users those who call much rather have many days. */
function daysOfPairs(
  pairs: readonly { api: ApiUsage }[],
  levels: readonly number[],
  random: RandomStream,
): number[] {
  const ranks = levels.map((level) => random.next() / (0.3 + level));
  const lengths = new Array<number>(pairs.length);
  for (const api of APIS) {
    const own = [...pairs.keys()].filter((i) => pairs[i]!.api === api);
    own.sort((a, b) => ranks[b]! - ranks[a]! || a - b);
    const days = api.days.flatMap((count, i) => new Array<number>(api.usersOfDays[i]!).fill(count));
    own.forEach((pair, i) => {
      lengths[pair] = days[i]!;
    });
  }
  return lengths;
}

/** Distinct days: a first and a last one, and the others between them. */
function daysOfUse(length: number, { early, late }: ApiUsage, random: RandomStream): number[] {
  const weights = Array.from({ length: DAYS - length + 1 }, (_, day) => {
    const season = day < EARLY_UNTIL ? early : day >= LATE_FROM ? late : 1;
    return season * weekdayWeight(day);
  });
  const first = pick(weights, random.next());
  if (length === 1) return [first];
  const wanted = Math.round(length * quantile(STRETCH_TO_DAYS, random.next()));
  const stretch = Math.min(DAYS - first, wanted);
  const open = Array.from({ length: stretch }, (_, i) => weekdayWeight(first + i));
  open[0] = 0;
  open[stretch - 1] = 0;
  const days = [first, first + stretch - 1];
  while (days.length < length) {
    const next = pick(open, random.next());
    open[next] = 0;
    days.push(first + next);
  }
  return days;
}

const weekdayWeight = (day: number): number => (day % 7 === 1 || day % 7 === 2 ? WEEKEND_USE : 1);

/** An index with a probability in proportion to its weight. */
function pick(weights: readonly number[], at: number): number {
  let until = at * weights.reduce((sum, weight) => sum + weight, 0);
  let last = 0;
  for (let i = 0; i < weights.length; i++) {
    if (weights[i]! <= 0) continue;
    until -= weights[i]!;
    if (until < 0) return i;
    last = i;
  }
  return last; // rounding may leave a little
}

/** A table of quantiles at `at`, from 0 to 1, rising late within each step. */
function quantile(table: readonly number[], at: number): number {
  const place = at * (table.length - 1);
  const below = Math.floor(place);
  const within = place - below;
  return table[below]! + within * within * (table[below + 1]! - table[below]!);
}

/** Fisher and Yates's shuffle. */
function shuffle<T>(items: T[], random: RandomStream): T[] {
  for (let i = items.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    [items[i], items[j]] = [items[j]!, items[i]!];
  }
  return items;
}
