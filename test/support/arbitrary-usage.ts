import fc from "fast-check";
import * as lib from "../../lib/index";
import { rowsOf } from "./access-log";
import { anyId, isoDay, mostly } from "./arbitrary-logs";
import { type UsageRow, usageFrame } from "./usage";
import { type Makers, type World, worldOf } from "./world";

const APIS = ["gnql", "riot", "community", "", "__proto__", "constructor", "a + b: c"];
const anyCount = mostly<number>(
  [4, fc.nat(30)],
  [2, fc.constantFrom(0, 1, 1)],
  [1, fc.constantFrom(1_000_000, 2 ** 31, 2 ** 40, 2 ** 53 - 1)],
);
const FIRST = Date.UTC(2021, 7, 2) / 86_400_000;
const anyDay = mostly<number>(
  [8, fc.nat(20)],
  [2, fc.nat(120)],
  [1, fc.constantFrom(-18_842, -719_000, 2_900_000)],
);

/**
 * API usage of the right shape, one row per user, API and day: one user or API or many, gaps, days without
 * calls, and as many as there can be. Everybody has some call, without which there is nothing to scale.
 */
export const anyUsage: fc.Arbitrary<UsageRow[]> = fc
  .record({
    users: fc.uniqueArray(anyId, { minLength: 1, maxLength: 30, size: "max" }),
    apis: fc.uniqueArray(fc.constantFrom(...APIS), { minLength: 1, maxLength: 3 }),
    rows: fc.array(fc.tuple(fc.nat(60), fc.nat(20), anyDay, anyCount), {
      maxLength: 150,
      size: "max",
    }),
    few: mostly([3, fc.constant(1_000)], [1, fc.nat(6)]),
  })
  .map(({ users, apis, rows, few }) => {
    const byDay = new Map<string, UsageRow>();
    for (const [user, api, day, count] of rows.slice(0, few)) {
      const row = {
        dt: isoDay(FIRST + day),
        user_id: users[user % users.length]!,
        type: apis[api % apis.length]!,
        api_count: count,
      };
      byDay.set(`${row.dt} ${row.user_id} ${row.type}`, row);
    }
    const usage = [...byDay.values()];
    const key = ({ user_id, type }: UsageRow) => `${user_id} ${type}`;
    const called = new Set(usage.filter(({ api_count }) => api_count > 0).map(key));
    return usage.map((row) => (called.has(key(row)) ? row : { ...row, api_count: 1 }));
  });

const POINT_FEATURES = ["use_days", "use_duration", "avg_cont_use", "total_calls_log10"];

const MAKERS: Makers = {
  usage: (w) => usageFrame(w.rows),
  features: (w) => lib.usageFeatures(w.usage),
  habits: (w) => lib.usageHabits(w.usage),
  grouped: (w) => lib.groupUsers(w.usage, { minSamples: [2, 3] }),
  groups: (w) => w.grouped.groups,
  groupSweep: (w) => w.grouped.sweep,
  profiles: (w) => lib.groupProfiles(w.groups, w.usage),
  examples: (w) => lib.exampleUsers(w.groups),
  sweep: (w) => lib.epsSweep(w.usage, { eps: [0.1, 0.3, 0.6], minSamples: [2, 3, 5] }),
  plateau: (w) => lib.stablePlateau(w.sweep, { minShare: 0 }),
  kNearest: (w) => lib.kDistances(w.usage, { k: 1 }),
  distances: (w) => w.kNearest.distances,
  knees: (w) => w.kNearest.knees,
  /** Features as rows of numbers, and some label for each of them. */
  points: (w) => rowsOf(w.features.select(...POINT_FEATURES)).map((row) => row.map(Number)),
  labels: (w) => rowsOf(w.features.select("user_id")).map(([id]) => (Number(id) % 4) - 1),
  otherLabels: (w) => lib.dbscan(w.points, { eps: 0.2, minSamples: 2 }),
  firstType: (w) => w.rows[0]?.type ?? "gnql",
  firsts: (w) => Float64Array.from(w.points, ([first]: number[]) => first!),
};

/** The frames that functions of grouping are asked with. */
export const usageWorld = (rows: readonly UsageRow[]): UsageWorld => worldOf({ rows }, MAKERS);

export type UsageWorld = World & { rows: readonly UsageRow[] };
