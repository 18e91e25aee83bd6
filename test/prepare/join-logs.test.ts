import pl from "nodejs-polars";
import { describe, expect, it } from "vitest";
import { joinLogs } from "../../lib/prepare/join-logs";
import { rawCohorts, rawLogs } from "../support/access-log";

const cohorts = rawCohorts([[34, "Bayes", "2019-08-19", "2020-01-30", 3]]);
const logs = rawLogs([
  ["2020-01-06", "09:00:00", "toc", 1, 34, "198.18.0.1"],
  ["2020-01-06", "09:00:01", "/", 2, null, "198.18.0.1"],
  ["2020-01-06", "09:00:02", "/", 3, 99, "198.18.0.1"],
]);
const named = (table: pl.DataFrame, how?: "left" | "inner") =>
  joinLogs({ logs: table, cohorts }, { how }).select("user_id", "id", "name").rows();

describe("joinLogs", () => {
  it("keeps rows of no known cohort, or loses them", () => {
    expect(named(logs)).toEqual([
      [1, 34, "Bayes"],
      [2, null, null],
      [3, null, null],
    ]);
    expect(named(logs, "inner")).toEqual([[1, 34, "Bayes"]]);
  });

  it("takes integers of any type for a cohort's id, and a column without any", () => {
    for (const type of [pl.Int32, pl.Float64]) {
      const other = logs.withColumns(pl.col("cohort_id").cast(type));
      expect(named(other)).toEqual(named(logs));
    }
    const none = logs.withColumns(pl.lit(null).cast(pl.String).alias("cohort_id"));
    expect(named(none).map(([, id]) => id)).toEqual([null, null, null]);
  });
});
