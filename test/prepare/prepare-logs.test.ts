import pl from "nodejs-polars";
import { describe, expect, it } from "vitest";
import { typeName } from "../../lib/log/require-columns";
import { dataDictionary } from "../../lib/prepare/data-dictionary";
import { joinLogs } from "../../lib/prepare/join-logs";
import { prepareLogs } from "../../lib/prepare/prepare-logs";
import { splitByCohort } from "../../lib/prepare/split-by-cohort";
import { type RawRequest, rawCohorts, rawLogs, rowsOf } from "../support/access-log";

const cohorts = rawCohorts([
  [8, "Hampton", "2015-09-22", "2016-02-06", 1],
  [22, "Teddy", "2018-01-08", "2018-05-17", 2],
  [34, "Bayes", "2019-08-19", "2020-01-30", 3],
  [50, "Odd", "2019-08-19", "2020-01-30", 9],
]);
const logs = rawLogs([
  ["2018-01-26", "09:55:03", "/", 1, 8, "97.105.19.61"],
  ["2018-01-26", "16:46:16", "java-ii", 48, null, "97.105.19.61"],
  ["2018-01-27", "00:00:00", null, 2, 165, "198.18.0.2"],
  ["2020-02-29", "23:59:59", "toc", 3, 50, "198.18.0.3"],
]);

describe("prepareLogs", () => {
  it("joins time, cohort and program to every log row, as far as they are known", () => {
    const rows = rowsOf(prepareLogs({ logs, cohorts })).map((row) => row.join(" | "));
    expect(rows).toEqual([
      "2018-01-26 09:55:03 | 2018-01-26 | / | 1 | 8 | 97.105.19.61 | Hampton | 2015-09-22 | 2016-02-06 | 1 | PHP Full Stack",
      "2018-01-26 16:46:16 | 2018-01-26 | java-ii | 48 |  | 97.105.19.61 |  |  |  |  | ",
      "2018-01-27 00:00:00 | 2018-01-27 |  | 2 | 165 | 198.18.0.2 |  |  |  |  | ",
      "2020-02-29 23:59:59 | 2020-02-29 | toc | 3 | 50 | 198.18.0.3 | Odd | 2019-08-19 | 2020-01-30 | 9 | ",
    ]);
    expect(logs.columns).toEqual(["date", "time", "path", "user_id", "cohort_id", "ip"]);
  });

  it("gives the columns of the data dictionary, in their order and types", () => {
    for (const log of [logs, logs.head(0)]) {
      const { columns, dtypes } = prepareLogs({ logs: log, cohorts });
      const types = dtypes.map(typeName);
      expect(columns).toEqual(dataDictionary().getColumn("column").toArray());
      expect(types).toEqual(dataDictionary().getColumn("type").toArray());
      expect(types.join()).toBe(
        "Datetime(ms),Date,String,Int64,Int64,String,String,Date,Date,Int64,String",
      );
    }
    expect(dataDictionary().columns).toEqual(["column", "type", "unit", "meaning"]);
    for (const text of dataDictionary().rows().flat()) expect(text).not.toBe("");
  });

  it("sorts by time and leaves rows of one second in the order of the log", () => {
    const rows = Array.from({ length: 5000 }, (_, i): RawRequest => {
      const time = i % 2 === 0 ? "10:00:01" : "10:00:00";
      return ["2020-01-01", time, `p${i}`, 1, 8, "198.18.0.1"];
    });
    const [even, odd] = [0, 1].map((rest) => rows.filter((_, i) => i % 2 === rest));
    const sorted = prepareLogs({ logs: rawLogs(rows), cohorts })
      .getColumn("path")
      .toArray();
    expect(sorted).toEqual([...odd!, ...even!].map((row) => row[2]));
  });

  it("reads integers in a floating column, which is what plain arrays become", () => {
    const floating = ["user_id", "cohort_id"].map((name) => pl.col(name).cast(pl.Float64));
    expect(rowsOf(prepareLogs({ logs: logs.withColumns(...floating), cohorts }))).toEqual(
      rowsOf(prepareLogs({ logs, cohorts })),
    );
  });

  it("says what is missing, of another type, empty, twice, or stands for no date", () => {
    const refused = (broken: pl.DataFrame, table = cohorts) =>
      expect(() => prepareLogs({ logs: broken, cohorts: table }));
    refused(logs.drop("ip")).toThrow(
      "prepareLogs (logs) needs column ip; the frame has date, time, path, user_id, cohort_id",
    );
    refused(logs.withColumns(pl.col("date").cast(pl.String))).toThrow(
      "prepareLogs (logs) needs column date to hold days (pl.Date); it holds String",
    );
    refused(logs.withColumns(pl.col("user_id").add(0.5))).toThrow("it holds fractions (Float64)");
    refused(logs.withColumns(pl.lit(null).cast(pl.Int64).alias("user_id"))).toThrow(
      "prepareLogs (logs) needs user_id in every row; 4 of 4 rows have none",
    );
    refused(logs, pl.concat([cohorts, cohorts.head(1)])).toThrow(
      "prepareLogs needs each cohort once in cohorts, or the join would repeat log rows; found more than once: 8",
    );
    const slip = rawLogs([["0001-01-01", "00:00:00", "/", 1, null, "198.18.0.1"]]);
    refused(pl.concat([slip, logs])).toThrow(
      "prepareLogs needs the days of logs to lie within 100 years; they go from 0001-01-01 to " +
        "2020-02-29: set right what is a slip or stands for no date, or leave these rows out",
    );
    expect(prepareLogs({ logs: slip, cohorts }).height).toBe(1);
  });
});

describe("joinLogs", () => {
  const named = (table: pl.DataFrame, how?: "left" | "inner") =>
    joinLogs({ logs: table, cohorts }, { how }).select("user_id", "id", "name").rows();

  it("keeps rows of no known cohort, or loses them", () => {
    const text = (how: "left" | "inner") => named(logs, how).map((row) => row.join(" "));
    expect(text("left")).toEqual(["1 8 Hampton", "48  ", "2  ", "3 50 Odd"]);
    expect(text("inner")).toEqual(["1 8 Hampton", "3 50 Odd"]);
  });

  it("takes integers of any type for a cohort's id, and a column without any", () => {
    for (const type of [pl.Int32, pl.Float64]) {
      expect(named(logs.withColumns(pl.col("cohort_id").cast(type)))).toEqual(named(logs));
    }
    const none = logs.withColumns(pl.lit(null).cast(pl.String).alias("cohort_id"));
    expect(named(none).map(([, id]) => id)).toEqual([null, null, null, null]);
  });
});

it("splitByCohort sets rows without a cohort apart, and loses none", () => {
  const users = (log: pl.DataFrame) =>
    Object.values(splitByCohort(log)).map((half) => half.getColumn("user_id").toArray());
  expect(users(logs)).toEqual([[1, 2, 3], [48]]);
  expect(users(logs.head(0))).toEqual([[], []]);
  expect(() => users(logs.drop("cohort_id"))).toThrow("splitByCohort needs column cohort_id");
});
