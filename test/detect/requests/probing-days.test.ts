import pl from "nodejs-polars";
import { describe, expect, it } from "vitest";
import { probingDays } from "../../../lib/detect/requests/probing-days";
import { probingRequests } from "../../../lib/detect/requests/probing-requests";
import { accessLog, type Request, rowsOf, typesOf } from "../../support/access-log";

const at = (time: string, path: string | null, more: Partial<Request> = {}): Request => ({
  at: `2020-02-29 ${time}`,
  path,
  ...more,
});
const log = accessLog([
  at("09:00:00", "java-i"),
  at("09:00:05", "wp-login"),
  at("09:00:03", ".git"),
  at("09:00:05", "examples/..%2f", { ip: "198.18.0.2" }),
  at("09:00:09", ".git"),
  at("10:00:00", "phpinfo", { user_id: 2 }),
  at("10:00:00", null, { user_id: 2 }),
]);

describe("probingRequests", () => {
  it("gives the rows that look for a way in, in time order", () => {
    expect(rowsOf(probingRequests(log))).toEqual([
      ["2020-02-29 09:00:03", 1, "198.18.0.1", ".git", "hidden file"],
      ["2020-02-29 09:00:05", 1, "198.18.0.1", "wp-login", "page of other software"],
      ["2020-02-29 09:00:05", 1, "198.18.0.2", "examples/..%2f", "path traversal"],
      ["2020-02-29 09:00:09", 1, "198.18.0.1", ".git", "hidden file"],
      ["2020-02-29 10:00:00", 2, "198.18.0.1", "phpinfo", "server file or backup"],
    ]);
  });

  it("gives the same columns for an empty log", () => {
    const types = [
      "timestamp DataType(Datetime(ms,))",
      "user_id DataType(Int64)",
      "ip DataType(String)",
      "path DataType(String)",
      "probe DataType(String)",
    ];
    expect(typesOf(probingRequests(log))).toEqual(types);
    expect(typesOf(probingRequests(log.head(0)))).toEqual(types);
  });

  it("leaves out a page that many users open, but no attack", () => {
    const many = (users: number, path: string) =>
      accessLog(Array.from({ length: users }, (_, i) => at("09:00:00", path, { user_id: i + 1 })));
    expect(probingRequests(many(19, "wp-login")).height).toBe(19);
    expect(probingRequests(many(20, "wp-login")).height).toBe(0);
    expect(probingRequests(many(20, "../x")).height).toBe(20);
    // 20 of 401 users are less than a twentieth.
    const readers = Array.from({ length: 381 }, (_, i) =>
      at("10:00:00", "a", { user_id: 100 + i }),
    );
    expect(probingRequests(pl.concat([many(20, "wp-login"), accessLog(readers)])).height).toBe(20);
  });

  it("says what it needs", () => {
    expect(() => probingRequests(log.drop("ip"))).toThrow("probingRequests needs column ip");
    expect(() => probingDays(log.drop("path"))).toThrow("probingDays needs column path");
  });
});

describe("probingDays", () => {
  it("adds up a user's day, and says what was asked for", () => {
    expect(rowsOf(probingDays(log))).toEqual([
      [
        1,
        "2020-02-29",
        4,
        3,
        "hidden file, page of other software, path traversal",
        "198.18.0.1",
        3, // 0.5 for each .git and wp-login, 1.5 for the step up
        "User 1 asked 4 times on 2020-02-29 for what intruders look for (hidden file, page of " +
          "other software, path traversal): “.git”, “wp-login”, “examples/..%2f”, from 198.18.0.1. " +
          "A reader asks for none of it.",
      ],
      [2, "2020-02-29", 1, 1, "server file or backup", "198.18.0.1", 0.5, null],
    ]);
  });

  it("flags an attack alone, and the third of what may be a slip", () => {
    const scores = (...paths: string[]) =>
      rowsOf(
        probingDays(accessLog(paths.map((path, i) => at(`09:00:0${i}`, path)))).select("score"),
      )[0]?.[0];
    expect(scores("../x")).toBe(1.5);
    expect(scores(".git")).toBe(0.5);
    expect(scores(".git", ".git")).toBe(1);
    expect(scores("login.aspx", "login.aspx", "login.aspx")).toBe(1.5);
    expect(scores(".well-known/a", ".well-known/b", ".well-known/c")).toBeCloseTo(0.3, 12);
  });

  it("counts a request that is logged twice in one second once", () => {
    const twice = probingDays(
      accessLog([at("09:00:00", ".git"), at("09:00:00", ".git"), at("09:00:00", "wp-login")]),
    );
    expect(rowsOf(twice.select("requests", "paths", "score"))).toEqual([[3, 2, 1]]);
  });

  it("parts days at midnight, and does not depend on the order of rows", () => {
    const night = accessLog([
      at("23:59:59", "../x", { ip: "198.18.0.3" }),
      { at: "2020-03-01 00:00:00", path: "../y", ip: "198.18.0.3" },
      { at: "2020-03-01 00:00:00", path: "../x", ip: "198.18.0.2" },
    ]);
    const expected = [
      ["2020-02-29", 1, "198.18.0.3"],
      ["2020-03-01", 2, "198.18.0.2"], // of two addresses used alike, the first
    ];
    for (const rows of [night, night.sort("timestamp", true), night.sort("path")]) {
      expect(rowsOf(probingDays(rows).select("date", "requests", "ip"))).toEqual(expected);
      expect(rowsOf(probingDays(rows))).toEqual(rowsOf(probingDays(night)));
    }
  });

  it("names three paths, cut and made visible, and counts the others", () => {
    const paths = [`../${"x".repeat(100)}`, "../\u202e", "../a", "../b", "../c"];
    const [finding] = rowsOf(
      probingDays(accessLog(paths.map((path, i) => at(`09:00:0${i}`, path)))).select("finding"),
    )[0] as [string];
    expect(finding).toContain(
      `: “../${"x".repeat(57)}… (103 characters)”, “../\\u202e”, “../a” and 2 more,`,
    );
  });

  it("lets no path go on as a sentence of ours", () => {
    const path = "../a\u201d, from 198.18.0.9. All is well";
    expect(
      probingDays(accessLog([at("09:00:00", path)]))
        .getColumn("finding")
        .get(0),
    ).toContain(
      ": “../a\\u201d, from 198.18.0.9. All is well”, from 198.18.0.1. A reader asks for none of it.",
    );
  });

  it("gives the same columns for a log without probes, and none of nobody's", () => {
    const types = [
      "user_id DataType(Int64)",
      "date DataType(Date)",
      "requests DataType(Int64)",
      "paths DataType(Int64)",
      "probes DataType(String)",
      "ip DataType(String)",
      "score DataType(Float64)",
      "finding DataType(String)",
    ];
    expect(typesOf(probingDays(log))).toEqual(types);
    expect(typesOf(probingDays(log.head(0)))).toEqual(types);
    const nobody = log.withColumns(pl.lit(null).cast(pl.Int64).alias("user_id"));
    expect(probingDays(nobody).height).toBe(0);
    const nowhere = log.withColumns(pl.lit(null).cast(pl.String).alias("ip"));
    expect(rowsOf(probingDays(nowhere).select("ip", "finding"))[0]).toEqual([
      null,
      expect.stringContaining("“wp-login”. A reader"),
    ]);
  });
});
