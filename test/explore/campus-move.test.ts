import pl from "nodejs-polars";
import { describe, expect, it } from "vitest";
import { campusMove } from "../../lib/explore/campus-move";
import { campusShares } from "../../lib/explore/campus-shares";
import { accessLog, days, rowsOf, typesOf } from "../support/access-log";

const [CAMPUS, HOME] = ["198.18.0.1", "198.18.0.2"];
const addresses = pl.DataFrame({ ip: [CAMPUS, HOME], address_kind: ["campus", "few"] });

describe("campusShares", () => {
  // January 6, 2020 is a Monday.
  const log = accessLog([
    { at: "2020-01-06 09:00:00", cohort_id: 7, ip: CAMPUS },
    { at: "2020-01-12 09:00:00", cohort_id: 7, ip: HOME },
    { at: "2020-01-12 09:00:01", cohort_id: 28, ip: CAMPUS }, // Staff
    { at: "2020-01-12 09:00:01", ip: CAMPUS }, // of no cohort
    { at: "2020-01-20 09:00:00", cohort_id: 7, ip: CAMPUS },
  ]);

  it("counts students' requests by week from Monday, quiet weeks too", () => {
    expect(rowsOf(campusShares(log, addresses))).toEqual([
      ["2020-01-06", 2, 1, 0.5],
      ["2020-01-13", 0, 0, null],
      ["2020-01-20", 1, 1, 1],
    ]);
    expect(typesOf(campusShares(log, addresses))).toEqual([
      "period DataType(Date)",
      "requests DataType(Int64)",
      "campus_requests DataType(Int64)",
      "campus_share DataType(Float64)",
    ]);
  });

  it("counts by day as well", () => {
    const daily = campusShares(log, addresses, { every: "day" });
    expect(daily.height).toBe(15);
    expect(rowsOf(daily.filter(pl.col("requests").gt(pl.lit(0))))).toEqual([
      ["2020-01-06", 1, 1, 1],
      ["2020-01-12", 1, 0, 0],
      ["2020-01-20", 1, 1, 1],
    ]);
  });

  it("has shares of 0 without a campus, and nothing of an empty log", () => {
    expect(rowsOf(campusShares(log, addresses.head(0)))[0]).toEqual(["2020-01-06", 2, 0, 0]);
    expect(campusShares(accessLog([]), addresses).height).toBe(0);
  });

  it("says what it needs", () => {
    expect(() => campusShares(log, addresses, { every: "month" as "week" })).toThrow(
      "campusShares needs every to be week or day, got month",
    );
    expect(() => campusShares(log, addresses.drop("ip"))).toThrow("needs column ip");
  });
});

/** Ten requests a day from January 6, 2020 on, so many of them from campus. */
function daily(campus: number[], requests = 10): pl.DataFrame {
  const first = Date.UTC(2020, 0, 6);
  return pl.DataFrame([
    days(
      "period",
      campus.map((_, i) => new Date(first + i * 86_400_000).toISOString().slice(0, 10)),
    ),
    pl.Series(
      "requests",
      campus.map((count) => (count < 0 ? 0 : requests)),
      pl.Int64,
    ),
    pl.Series(
      "campus_requests",
      campus.map((count) => Math.max(0, count)),
      pl.Int64,
    ),
  ]);
}

const weeks = (n: number, count: number) => Array.from({ length: 7 * n }, () => count);

describe("campusMove", () => {
  it("finds the day from which on students read elsewhere", () => {
    // Ten weeks at 8 in 10, then a day without requests, then ten weeks at 1 in 10.
    const moved = campusMove(daily([...weeks(10, 8), -1, ...weeks(10, 1)]));
    expect(rowsOf(moved)).toEqual([["2020-03-17", 0.8, 0.1, 700, 700, 0.001]]);
    expect(typesOf(moved)[0]).toBe("moved DataType(Date)");
  });

  it("finds a move back to campus as well", () => {
    expect(rowsOf(campusMove(daily([...weeks(10, 1), ...weeks(10, 8)])))[0]).toEqual([
      "2020-03-16",
      0.1,
      0.8,
      700,
      700,
      0.001,
    ]);
  });

  it("takes a little change for no move, however sure it is", () => {
    const row = rowsOf(campusMove(daily([...weeks(30, 8), ...weeks(30, 5)])))[0]!;
    expect(row.slice(0, 3)).toEqual([null, 0.8, 0.5]);
    expect(row[5]).toBeLessThan(0.01);
  });

  it("knows no move where the share never changes, or there is nothing", () => {
    for (const frame of [daily(weeks(4, 5)), daily([]), daily([3])]) {
      expect(rowsOf(campusMove(frame))).toEqual([[null, null, null, null, null, null]]);
      expect(typesOf(campusMove(frame))[0]).toBe("moved DataType(Date)");
    }
  });

  it("says what it needs", () => {
    expect(() => campusMove(daily([1]), { alpha: 0 })).toThrow(RangeError);
    expect(() => campusMove(daily([1]), { factor: 1 })).toThrow(RangeError);
    expect(() => campusMove(pl.concat([daily([1]), daily([1])]))).toThrow(
      "2020-01-06 is there twice",
    );
  });
});

describe("campusMove and campusShares, of values that are missing", () => {
  it("says which, and takes kinds that are null throughout in whatever type they come", () => {
    const nothing = daily([1, 2]).withColumns(pl.lit(null).cast(pl.Int64).alias("requests"));
    expect(() => campusMove(nothing)).toThrow(
      "campusMove needs requests in every row; 2 of 2 rows",
    );
    const kinds = pl.DataFrame([
      pl.Series("ip", [CAMPUS], pl.String),
      pl.Series("address_kind", [null], pl.Float64),
    ]);
    const log = accessLog([{ at: "2020-01-06 09:00:00", cohort_id: 34, ip: CAMPUS }]);
    expect(rowsOf(campusShares(log, kinds))).toEqual([["2020-01-06", 1, 0, 0]]);
  });
});
