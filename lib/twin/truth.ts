import type pl from "nodejs-polars";
import { frameOf } from "../log/frame-of";
import type { Cohort } from "./cohorts";
import { FIRST_EPOCH_DAY, type FrozenLog, type StoryFilter } from "./frozen";
import type { LogRows } from "./log-rows";

/** When the lessons of one program were closed to the other's students. */
export const LESSONS_CLOSED = Date.UTC(2020, 0, 1);

export interface PlantedStory {
  /** `planted`: one of the further stories. */
  origin: "published" | "planted";
  kind: string;
  /** In words: `user 341`, `cohort Darden`, a path. */
  entity: string;
  userId: number | null;
  ip: string | null;
  /** Milliseconds since 1970 of its first and last row. */
  from: number;
  to: number;
  rows: number;
}

export interface PlantedRows {
  kind: string;
  userId: number;
  cohortId: number;
  address?: number;
  rows: number[];
}

export function publishedStories(log: LogRows, stories: FrozenLog["stories"]): PlantedStory[] {
  const all = log.day.map((_, row) => row);
  const byUser: number[][] = [];
  for (const { userId } of stories) if (userId !== undefined) byUser[userId] = [];
  for (let row = 0; row < all.length; row++) byUser[log.userId[row]!]?.push(row);
  return stories.map(({ kind, entity, ...filter }) => {
    const { userId, ip } = filter;
    const among = userId === undefined ? all : Int32Array.from(byUser[userId]!);
    const found = extent(log, among, filter);
    const about = { kind, entity, userId: userId ?? null, ip: ip ?? null };
    return { origin: "published", ...about, ...found };
  });
}

/** First and last time of the rows that a filter leaves, and their number. */
function extent(
  { day, second, path, cohortId, address, addresses }: LogRows,
  rows: Int32Array,
  { cohortId: own, cohorts, ip, fromDay = 0, toDay = Infinity, paths }: StoryFilter = {},
) {
  const ofCohorts = cohorts && flags(cohorts);
  const onPaths = paths && flags(paths);
  const place = ip === undefined ? -1 : addresses.indexOf(ip);
  let [from, to, count] = [Infinity, -Infinity, 0];
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    if (own !== undefined && cohortId[row] !== own) continue;
    if (ip !== undefined && address[row] !== place) continue;
    if (day[row]! < fromDay || day[row]! > toDay) continue;
    if (ofCohorts && ofCohorts[cohortId[row]!] !== 1) continue;
    if (onPaths && onPaths[path[row]!] !== 1) continue;
    const time = ((FIRST_EPOCH_DAY + day[row]!) * 86_400 + second[row]!) * 1_000;
    if (time < from) from = time;
    if (time > to) to = time;
    count++;
  }
  return { from, to, rows: count };
}

/** 1 at each of the places. */
function flags(places: readonly number[]): Uint8Array {
  const all = new Uint8Array(Math.max(...places) + 1);
  for (const place of places) all[place] = 1;
  return all;
}

const IN_COHORT = ["hardly_reading", "drop_out"];

export function furtherStory(
  { kind, userId, cohortId, address, rows }: PlantedRows,
  log: LogRows,
  cohorts: ReadonlyMap<number, Cohort>,
): PlantedStory {
  const user = `user ${userId}`;
  return {
    origin: "planted",
    kind,
    entity: IN_COHORT.includes(kind) ? `${user} in ${cohorts.get(cohortId)!.name}` : user,
    userId,
    ip: address === undefined ? null : log.addresses[address]!,
    ...extent(log, Int32Array.from(rows)),
  };
}

export function truthFrame(stories: readonly PlantedStory[]): pl.DataFrame {
  const rows = stories.map(({ userId, ...story }) => ({ ...story, user_id: userId }));
  return frameOf(rows, "kind", "entity", "user_id", "ip", "from", "to", "rows");
}
