import fc from "fast-check";
import type pl from "nodejs-polars";
import * as lib from "../../lib/index";
import { anyId } from "./arbitrary-logs";
import { type UsageRow, usageFrame } from "./usage";

const APIS = ["gnql", "riot", "community", "", "__proto__", "constructor", "a + b: c"];
const anyCount = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 30 }) },
  { weight: 2, arbitrary: fc.constantFrom(0, 1, 1) },
  { weight: 1, arbitrary: fc.constantFrom(1_000_000, 2 ** 31, 2 ** 40, 2 ** 53 - 1) },
);
const FIRST = Date.UTC(2021, 7, 2) / 86_400_000;
const isoDay = (day: number) => new Date(86_400_000 * day).toISOString().slice(0, 10);
const anyDay = fc.oneof(
  { weight: 8, arbitrary: fc.nat(20) },
  { weight: 2, arbitrary: fc.nat(120) },
  { weight: 1, arbitrary: fc.constantFrom(-18_842, -719_000, 2_900_000) },
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
    few: fc.oneof(
      { weight: 3, arbitrary: fc.constant(1_000) },
      { weight: 1, arbitrary: fc.nat(6) },
    ),
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
    const called = new Set(
      usage
        .filter(({ api_count }) => api_count > 0)
        .map(({ user_id, type }) => `${user_id} ${type}`),
    );
    return usage.map((row) =>
      called.has(`${row.user_id} ${row.type}`) ? row : { ...row, api_count: 1 },
    );
  });

/** The frames that functions of grouping are asked with, each made when it is first asked for. */
export class UsageWorld {
  readonly #made = new Map<string, unknown>();
  readonly usage: pl.DataFrame;

  constructor(
    readonly rows: readonly UsageRow[],
    order: (rows: UsageRow[]) => UsageRow[] = (all) => all,
  ) {
    this.usage = usageFrame(order([...rows]));
  }

  #once<T>(name: string, make: () => T): T {
    if (!this.#made.has(name)) this.#made.set(name, make());
    return this.#made.get(name) as T;
  }

  get features() {
    return this.#once("features", () => lib.usageFeatures(this.usage));
  }
  get grouped() {
    return this.#once("grouped", () => lib.groupUsers(this.usage, { minSamples: [2, 3] }));
  }
  get groups() {
    return this.grouped.groups;
  }
  get profiles() {
    return this.#once("profiles", () => lib.groupProfiles(this.groups, this.usage));
  }
  get examples() {
    return this.#once("examples", () => lib.exampleUsers(this.groups));
  }
  get sweep() {
    return this.#once("sweep", () =>
      lib.epsSweep(this.usage, { eps: [0.1, 0.3, 0.6], minSamples: [2, 3, 5] }),
    );
  }
  get distances() {
    return this.#once("distances", () => lib.kDistances(this.usage, { k: 1 }));
  }
  /** Features as rows of numbers. */
  get points(): number[][] {
    return this.#once("points", () =>
      this.features
        .select(...POINT_FEATURES)
        .rows()
        .map((row) => row.map(Number)),
    );
  }
  /** Some label for each of them. */
  get labels(): number[] {
    return this.#once("labels", () =>
      this.features
        .getColumn("user_id")
        .toArray()
        .map((id) => (Number(id) % 4) - 1),
    );
  }
}

const POINT_FEATURES = ["use_days", "use_duration", "avg_cont_use", "total_calls_log10"];
