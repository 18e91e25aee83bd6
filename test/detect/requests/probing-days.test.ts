import pl from "nodejs-polars";
import { expect, it } from "vitest";
import { probingDays, probingRequests } from "../../../lib";
import { accessLog, type Request, rowsOf } from "../../support/access-log";

const at = (time: string, path: string | null, more: Partial<Request> = {}): Request => {
  return { at: `2020-02-29 ${time}`, path, ...more };
};
const log = accessLog([
  at("09:00:00", "java-i"),
  at("09:00:05", "wp-login"),
  at("09:00:03", ".git"),
  at("09:00:05", "examples/..%2f", { ip: "198.18.0.2" }),
  at("09:00:09", ".git"),
  at("10:00:00", "phpinfo", { user_id: 2 }),
  at("10:00:00", null, { user_id: 2 }),
]);

/** A user's day with one request a second. */
const dayOf = (...paths: string[]) =>
  probingDays(accessLog(paths.map((path, i) => at(`09:00:0${i}`, path)))).toRecords()[0];

it("probingRequests gives the rows that look for a way in, in time order", () => {
  expect(rowsOf(probingRequests(log))).toEqual([
    ["2020-02-29 09:00:03", 1, "198.18.0.1", ".git", "hidden file"],
    ["2020-02-29 09:00:05", 1, "198.18.0.1", "wp-login", "page of other software"],
    ["2020-02-29 09:00:05", 1, "198.18.0.2", "examples/..%2f", "path traversal"],
    ["2020-02-29 09:00:09", 1, "198.18.0.1", ".git", "hidden file"],
    ["2020-02-29 10:00:00", 2, "198.18.0.1", "phpinfo", "server file or backup"],
  ]);
});

it("probingRequests leaves out a page that many users open, but no attack", () => {
  const many = (users: number, path: string, first = 1) =>
    Array.from({ length: users }, (_, i) => at("09:00:00", path, { user_id: first + i }));
  const found = (...requests: Request[]) => probingRequests(accessLog(requests)).height;
  expect(found(...many(19, "wp-login"))).toBe(19);
  expect(found(...many(20, "wp-login"))).toBe(0);
  expect(found(...many(20, "../x"))).toBe(20);
  // 20 of 401 users are less than a twentieth.
  expect(found(...many(20, "wp-login"), ...many(381, "a", 100))).toBe(20);
});

it("probingDays adds up a user's day, and says what was asked for", () => {
  expect(rowsOf(probingDays(log))).toEqual([
    [
      ...[1, "2020-02-29", 4, 3, "hidden file, page of other software, path traversal"],
      "198.18.0.1",
      3, // 0.5 for each .git and wp-login, 1.5 for the step up
      "User 1 asked 4 times on 2020-02-29 for what intruders look for (hidden file, page of " +
        "other software, path traversal): “.git”, “wp-login”, “examples/..%2f”, from 198.18.0.1. " +
        "A reader asks for none of it.",
    ],
    [2, "2020-02-29", 1, 1, "server file or backup", "198.18.0.1", 0.5, null],
  ]);
});

it.each([
  [["../x"], 1.5],
  [[".git"], 0.5],
  [[".git", ".git"], 1],
  [["login.aspx", "login.aspx", "login.aspx"], 1.5],
  [[".well-known/a", ".well-known/b", ".well-known/c"], 0.3],
])(
  "probingDays scores %j with %d: an attack alone is a flag, of what may be a slip the third",
  (paths, score) => {
    expect(dayOf(...paths)?.score).toBeCloseTo(score, 12);
  },
);

it("probingDays counts a request logged twice in one second once, and parts days at midnight", () => {
  const twice = accessLog([".git", ".git", "wp-login"].map((path) => at("09:00:00", path)));
  expect(rowsOf(probingDays(twice).select("requests", "paths", "score"))).toEqual([[3, 2, 1]]);
  const night = accessLog([
    at("23:59:59", "../x", { ip: "198.18.0.3" }),
    { at: "2020-03-01 00:00:00", path: "../y", ip: "198.18.0.3" },
    { at: "2020-03-01 00:00:00", path: "../x", ip: "198.18.0.2" },
  ]);
  expect(rowsOf(probingDays(night.sort("path")).select("date", "requests", "ip"))).toEqual([
    ["2020-02-29", 1, "198.18.0.3"],
    ["2020-03-01", 2, "198.18.0.2"], // of two addresses used alike, the first
  ]);
});

it("probingDays names the address of most requests, and counts a path once that two ask for in one second", () => {
  const [first, second] = [{ ip: "198.18.0.1" }, { ip: "198.18.0.2" }];
  const both = accessLog([
    at("09:00:00", ".git", first),
    at("09:00:00", ".git", second),
    at("09:00:05", "wp-login", second),
  ]);
  const found = probingDays(both).select("requests", "paths", "ip", "score");
  expect(rowsOf(found)).toEqual([[3, 2, "198.18.0.2", 1]]);
});

it("probingDays names three paths, cut, visible and in quotes that they cannot end, and counts the others", () => {
  const { finding } = dayOf(
    `../${"x".repeat(100)}`,
    "../\u202e",
    "../a\u201d. All is well",
    "../b",
  )!;
  expect(finding).toContain(
    `: “../${"x".repeat(57)}… (103 characters)”, “../\\u202e”, “../a\\u201d. All is well” and 1 more,`,
  );
});

it("probingDays knows nobody's day without a user, and names no address where none is known", () => {
  const nobody = log.withColumns(pl.lit(null).cast(pl.Int64).alias("user_id"));
  expect(probingDays(nobody).height).toBe(0);
  const nowhere = log.withColumns(pl.lit(null).cast(pl.String).alias("ip"));
  expect(rowsOf(probingDays(nowhere).select("ip", "finding"))[0]).toEqual([
    null,
    expect.stringContaining("“wp-login”. A reader"),
  ]);
});
