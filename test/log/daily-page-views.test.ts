import pl from "nodejs-polars";
import { describe, expect, it } from "vitest";
import { dailyPageViews } from "../../lib/log/daily-page-views";
import { accessLog, rowsOf, typesOf } from "../support/access-log";

const log = accessLog([
  { at: "2020-03-04 10:00:00", user_id: 7, ip: "198.18.0.2", path: "toc" },
  { at: "2020-03-02 09:00:00", user_id: 7, ip: "198.18.0.1", path: "/" },
  { at: "2020-03-02 23:59:59", user_id: 7, ip: "198.18.0.2", path: "/" },
  { at: "2020-03-03 10:00:00", user_id: 3, ip: "198.18.0.1", path: "/" },
  { at: "2020-03-09 10:00:00", user_id: 7, ip: "198.18.0.1", path: null },
]);

describe("dailyPageViews", () => {
  it("fills quiet days with 0 from each user's first day to their last", () => {
    expect(rowsOf(dailyPageViews(log))).toEqual([
      [3, "2020-03-03", 1],
      [7, "2020-03-02", 2],
      [7, "2020-03-03", 0],
      [7, "2020-03-04", 1],
    ]);
  });

  it("gives the key, a Date and 64-bit counts", () => {
    const types = ["user_id DataType(Int64)", "date DataType(Date)", "pages DataType(Int64)"];
    expect(typesOf(dailyPageViews(log))).toEqual(types);
    expect(typesOf(dailyPageViews(log.head(0)))).toEqual(types);
  });

  it("counts by address, by several columns, or for the whole site", () => {
    expect(rowsOf(dailyPageViews(log, { by: "ip" }))).toEqual([
      ["198.18.0.1", "2020-03-02", 1],
      ["198.18.0.1", "2020-03-03", 1],
      ["198.18.0.2", "2020-03-02", 1],
      ["198.18.0.2", "2020-03-03", 0],
      ["198.18.0.2", "2020-03-04", 1],
    ]);
    expect(rowsOf(dailyPageViews(log, { by: ["ip", "user_id"] })).slice(0, 2)).toEqual([
      ["198.18.0.1", 3, "2020-03-03", 1],
      ["198.18.0.1", 7, "2020-03-02", 1],
    ]);
    expect(rowsOf(dailyPageViews(log, { by: null }))).toEqual([
      ["2020-03-02", 2],
      ["2020-03-03", 1],
      ["2020-03-04", 1],
    ]);
  });

  it("counts nothing for rows without a path or without a value to group by", () => {
    const sparse = accessLog([
      { at: "2020-03-01 10:00:00", cohort: null },
      { at: "2020-03-02 10:00:00", cohort: "a", path: null },
      { at: "2020-03-03 10:00:00", cohort: "a" },
    ]);
    expect(rowsOf(dailyPageViews(sparse, { by: "cohort" }))).toEqual([["a", "2020-03-03", 1]]);
    const pathless = accessLog([{ at: "2020-03-02 10:00:00", path: null }]);
    expect(dailyPageViews(pathless).height).toBe(0);
    expect(dailyPageViews(pathless, { by: null }).height).toBe(0);
  });

  it("counts a leap day as a day, and one day as one row", () => {
    const leap = accessLog([
      { at: "2020-02-28 10:00:00", user_id: 1 },
      { at: "2020-03-01 10:00:00", user_id: 1 },
      { at: "2020-02-29 10:00:00", user_id: 2 },
    ]);
    expect(rowsOf(dailyPageViews(leap))).toEqual([
      [1, "2020-02-28", 1],
      [1, "2020-02-29", 0],
      [1, "2020-03-01", 1],
      [2, "2020-02-29", 1],
    ]);
  });

  it("counts by path, which is a column it reads itself", () => {
    expect(rowsOf(dailyPageViews(log, { by: "path" }))[0]).toEqual(["/", "2020-03-02", 2]);
  });

  it("says what it needs", () => {
    expect(() => dailyPageViews(log, { by: "team" })).toThrow("dailyPageViews needs column team");
    expect(() => dailyPageViews(log, { by: "date" })).toThrow("groups other than date");
    expect(() => dailyPageViews(log.drop("path"))).toThrow("dailyPageViews needs column path");
    const text = log.withColumns(pl.col("date").cast(pl.String));
    expect(() => dailyPageViews(text)).toThrow("needs column date to hold days (pl.Date)");
  });
});
