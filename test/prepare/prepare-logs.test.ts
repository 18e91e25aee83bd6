import pl from "nodejs-polars";
import { describe, expect, it } from "vitest";
import { prepareLogs } from "../../lib/prepare/prepare-logs";
import { type RawRequest, rawCohorts, rawLogs, rowsOf, typesOf } from "../support/access-log";

const cohorts = rawCohorts([
  [8, "Hampton", "2015-09-22", "2016-02-06", 1],
  [22, "Teddy", "2018-01-08", "2018-05-17", 2],
  [34, "Bayes", "2019-08-19", "2020-01-30", 3],
  [50, "Odd", "2019-08-19", "2020-01-30", 9],
]);
const logs = rawLogs([
  ["2018-01-26", "09:55:03", "/", 1, 8, "97.105.19.61"],
  ["2018-01-26", "16:46:16", "java-ii", 48, null, "97.105.19.61"],
  ["2018-01-27", "00:00:00", null, 2, 22, "198.18.0.2"],
  ["2020-02-29", "23:59:59", "toc", 3, 34, "198.18.0.3"],
]);

describe("prepareLogs", () => {
  it("joins time, cohort and program to every log row", () => {
    expect(rowsOf(prepareLogs({ logs, cohorts }))).toEqual([
      [
        "2018-01-26 09:55:03",
        "2018-01-26",
        "/",
        1,
        8,
        "97.105.19.61",
        "Hampton",
        "2015-09-22",
        "2016-02-06",
        1,
        "PHP Full Stack",
      ],
      [
        "2018-01-26 16:46:16",
        "2018-01-26",
        "java-ii",
        48,
        null,
        "97.105.19.61",
        null,
        null,
        null,
        null,
        null,
      ],
      [
        "2018-01-27 00:00:00",
        "2018-01-27",
        null,
        2,
        22,
        "198.18.0.2",
        "Teddy",
        "2018-01-08",
        "2018-05-17",
        2,
        "Java Full Stack",
      ],
      [
        "2020-02-29 23:59:59",
        "2020-02-29",
        "toc",
        3,
        34,
        "198.18.0.3",
        "Bayes",
        "2019-08-19",
        "2020-01-30",
        3,
        "Data Science",
      ],
    ]);
  });

  it("gives the documented columns, in their order and types", () => {
    const types = [
      "timestamp DataType(Datetime(ms,))",
      "date DataType(Date)",
      "path DataType(String)",
      "user_id DataType(Int64)",
      "cohort_id DataType(Int64)",
      "ip DataType(String)",
      "cohort DataType(String)",
      "start_date DataType(Date)",
      "end_date DataType(Date)",
      "program_id DataType(Int64)",
      "program DataType(String)",
    ];
    expect(typesOf(prepareLogs({ logs, cohorts }))).toEqual(types);
    expect(typesOf(prepareLogs({ logs: logs.head(0), cohorts: cohorts.head(0) }))).toEqual(types);
  });

  it("sorts by time and leaves rows of one second in the order of the log", () => {
    const rows = Array.from({ length: 5000 }, (_, i): RawRequest => {
      const time = i % 2 === 0 ? "10:00:01" : "10:00:00";
      return ["2020-01-01", time, `p${i}`, 1, 8, "198.18.0.1"];
    });
    const even = rows.filter((_, i) => i % 2 === 0);
    const odd = rows.filter((_, i) => i % 2 === 1);
    expect(
      prepareLogs({ logs: rawLogs(rows), cohorts })
        .getColumn("path")
        .toArray(),
    ).toEqual([...odd, ...even].map((row) => row[2]));
  });

  it("keeps rows whose cohort is not in the table, with nulls", () => {
    const stray = rawLogs([["2020-01-01", "10:00:00", "/", 1, 165, "198.18.0.1"]]);
    expect(rowsOf(prepareLogs({ logs: stray, cohorts }))[0]?.slice(4)).toEqual([
      165,
      "198.18.0.1",
      null,
      null,
      null,
      null,
      null,
    ]);
  });

  it("keeps the id of a program it has no name for", () => {
    const odd = rawLogs([["2020-01-01", "10:00:00", "/", 1, 50, "198.18.0.1"]]);
    expect(rowsOf(prepareLogs({ logs: odd, cohorts }))[0]?.slice(-2)).toEqual([9, null]);
  });

  it("reads integers in a floating column, which is what plain arrays become", () => {
    const floats = logs.withColumns(
      pl.col("user_id").cast(pl.Float64),
      pl.col("cohort_id").cast(pl.Float64),
    );
    expect(rowsOf(prepareLogs({ logs: floats, cohorts }))).toEqual(
      rowsOf(prepareLogs({ logs, cohorts })),
    );
  });

  it("leaves its input as it was", () => {
    prepareLogs({ logs, cohorts });
    expect(logs.columns).toEqual(["date", "time", "path", "user_id", "cohort_id", "ip"]);
  });

  it("refuses a cohort that is there twice, because the join would repeat rows", () => {
    const twice = rawCohorts([
      [8, "Hampton", "2015-09-22", "2016-02-06", 1],
      [8, "Hampton", "2015-09-22", "2016-02-06", 1],
    ]);
    expect(() => prepareLogs({ logs, cohorts: twice })).toThrow(
      "prepareLogs needs each cohort once in cohorts, or the join would repeat log rows; found more than once: 8",
    );
  });

  it("says what is missing, of another type, or empty", () => {
    expect(() => prepareLogs({ logs: logs.drop("ip"), cohorts })).toThrow(
      "prepareLogs (logs) needs column ip; the frame has date, time, path, user_id, cohort_id",
    );
    const text = logs.withColumns(pl.col("date").cast(pl.String));
    expect(() => prepareLogs({ logs: text, cohorts })).toThrow(
      "prepareLogs (logs) needs column date to hold days (pl.Date); it holds String",
    );
    const fractions = logs.withColumns(pl.col("user_id").add(0.5));
    expect(() => prepareLogs({ logs: fractions, cohorts })).toThrow("it holds fractions (Float64)");
    const nobody = logs.withColumns(pl.lit(null).cast(pl.Int64).alias("user_id"));
    expect(() => prepareLogs({ logs: nobody, cohorts })).toThrow(
      "prepareLogs needs user_id in every row of logs; 4 of 4 rows have none",
    );
  });
});

describe("prepareLogs, of days that stand for none", () => {
  it("says between which days the log would lie, and what to do", () => {
    const slip: RawRequest = ["0001-01-01", "00:00:00", "/", 1, null, "198.18.0.1"];
    const usual: RawRequest = ["2021-04-21", "09:00:00", "/", 1, null, "198.18.0.1"];
    expect(() => prepareLogs({ logs: rawLogs([slip, usual]), cohorts })).toThrow(
      "prepareLogs needs the days of logs to lie within 100 years; they go from 0001-01-01 to " +
        "2021-04-21: set right what is a slip or stands for no date, or leave these rows out",
    );
    expect(prepareLogs({ logs: rawLogs([slip, slip]), cohorts }).height).toBe(2);
    expect(prepareLogs({ logs: rawLogs([]), cohorts }).height).toBe(0);
  });
});
