import pl from "nodejs-polars";
import { ENTITY, FROM, IP, KIND, ROWS, TO, USER_ID } from "../../../columns";
import { FIRST_EPOCH_DAY } from "../days/log-days";
import { GROUPS } from "../groups";
import type { SampleRows } from "../log-rows";
import type { Draft } from "../visits/draft";
import type { PlantedRows } from "./plant-anomalies";

/** Something that is in the log to be found. */
export interface PlantedStory {
  /** What it is: `scraping`, `drop_out`, ... */
  kind: string;
  /** Whom or what it is about, in words: `user 341`, `cohort Darden`, a path. */
  entity: string;
  /** Where it is about one user; null otherwise. */
  userId: number | null;
  /** Where it is tied to one address; null otherwise. */
  ip: string | null;
  /** Milliseconds since 1970 of its first and last row; null where it has none. */
  from: number | null;
  to: number | null;
  rows: number;
}

/** By what a published story's rows are found. */
export const FILTERS = new WeakMap<
  PlantedStory,
  Omit<StoryFilter, "cohorts" | "path"> & { cohorts?: number[]; paths?: number[] }
>();

/** Rows that a story consists of; all conditions given must hold. */
export interface StoryFilter {
  userId?: number;
  cohortId?: number;
  /** Any of these cohorts. */
  cohorts?: ReadonlySet<number>;
  ip?: string;
  /** Days since the log's first day, both included. */
  fromDay?: number;
  toDay?: number;
  /** Which paths count, by text or place. */
  path?: (path: string, place: number) => boolean;
}

/** Finds the rows of stories in the log's columns, by user where one is named. */
export function storyFinder(rows: SampleRows) {
  const byUser = rowsByUser(rows);
  return (
    kind: string,
    entity: string,
    {
      userId,
      cohortId,
      cohorts,
      ip,
      fromDay = 0,
      toDay = Number.MAX_SAFE_INTEGER,
      path,
    }: StoryFilter,
  ): PlantedStory => {
    const address = ip === undefined ? -1 : rows.addresses.indexOf(ip);
    const isMeant = path && rows.paths.map(path);
    let [count, first, last] = [0, -1, -1];
    const look = (i: number) => {
      if (cohortId !== undefined && rows.cohortId[i] !== cohortId) return;
      if (cohorts && !cohorts.has(rows.cohortId[i]!)) return;
      if (ip !== undefined && rows.address[i] !== address) return;
      if (rows.day[i]! < fromDay || rows.day[i]! > toDay) return;
      if (isMeant && !isMeant[rows.path[i]!]) return;
      if (count++ === 0) first = i;
      last = i;
    };
    if (userId !== undefined) byUser(userId).forEach(look);
    else for (let i = 0; i < rows.day.length; i++) look(i);
    const [from, to] = count === 0 ? [null, null] : [timestamp(rows, first), timestamp(rows, last)];
    const story = { kind, entity, userId: userId ?? null, ip: ip ?? null, from, to, rows: count };
    FILTERS.set(story, {
      userId,
      cohortId,
      cohorts: cohorts && [...cohorts],
      ip,
      fromDay: fromDay === 0 ? undefined : fromDay,
      toDay: toDay === Number.MAX_SAFE_INTEGER ? undefined : toDay,
      paths: isMeant?.flatMap((meant, place) => (meant ? [place] : [])),
    });
    return story;
  };
}

/** Rows of each user, in order of time. */
function rowsByUser({ userId }: SampleRows): (user: number) => Int32Array {
  const most = userId.reduce((a, b) => Math.max(a, b), 0);
  const starts = new Int32Array(most + 2);
  for (let i = 0; i < userId.length; i++) starts[userId[i]! + 1]!++;
  for (let user = 1; user < starts.length; user++) starts[user]! += starts[user - 1]!;
  const order = new Int32Array(userId.length);
  const at = Int32Array.from(starts);
  for (let i = 0; i < userId.length; i++) order[at[userId[i]!]!++] = i;
  return (user) =>
    user < 0 || user > most ? new Int32Array(0) : order.subarray(starts[user]!, starts[user + 1]!);
}

function timestamp({ day, second }: SampleRows, i: number): number {
  return ((FIRST_EPOCH_DAY + day[i]!) * 86_400 + second[i]!) * 1_000;
}

/** Kinds that are about a user's time in one cohort. */
const IN_COHORT: ReadonlySet<string> = new Set(["hardly_reading", "drop_out"]);

/** A further story, as it came out, in the words of the published ones. */
export function furtherStory(
  { kind, userId, group, address, rows }: PlantedRows,
  { draft, addresses }: { draft: Draft; addresses: readonly string[] },
): PlantedStory {
  const times = rows.map(
    (row) => ((FIRST_EPOCH_DAY + draft.day[row]!) * 86_400 + draft.second[row]!) * 1_000,
  );
  return {
    kind,
    entity: IN_COHORT.has(kind) ? `user ${userId} in ${GROUPS[group]!.name}` : `user ${userId}`,
    userId,
    ip: address < 0 ? null : addresses[address]!,
    from: times.reduce((a, b) => Math.min(a, b)),
    to: times.reduce((a, b) => Math.max(a, b)),
    rows: rows.length,
  };
}

/** One row per story: `kind, entity, user_id, ip, from, to, rows`. */
export function truthFrame(stories: readonly PlantedStory[]): pl.DataFrame {
  const times = (values: (number | null)[]) =>
    pl.Series("", values, pl.Int64).cast(pl.Datetime("ms"));
  return pl.DataFrame([
    pl.Series(
      KIND,
      stories.map(({ kind }) => kind),
      pl.Utf8,
    ),
    pl.Series(
      ENTITY,
      stories.map(({ entity }) => entity),
      pl.Utf8,
    ),
    pl.Series(
      USER_ID,
      stories.map(({ userId }) => userId),
      pl.Int64,
    ),
    pl.Series(
      IP,
      stories.map(({ ip }) => ip),
      pl.Utf8,
    ),
    times(stories.map(({ from }) => from)).alias(FROM),
    times(stories.map(({ to }) => to)).alias(TO),
    pl.Series(
      ROWS,
      stories.map(({ rows }) => rows),
      pl.Int64,
    ),
  ]);
}
