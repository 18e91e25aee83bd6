import { expect, it } from "vitest";
import { crossProgramByMonth } from "../../../lib/detect/access/cross-program-by-month";
import { accessLog, rowsOf } from "../../support/access-log";
import { curricula, DATA, NOBODY, STAFF, WEB } from "./two-programs";

const log = accessLog([
  { ...WEB, at: "2019-10-31 09:00:00", user_id: 1, path: "java-i" },
  { ...WEB, at: "2019-10-31 09:01:00", user_id: 1, path: "sql/joins" },
  { ...WEB, at: "2019-10-31 09:02:00", user_id: 1, path: "sql/joins" },
  { ...WEB, at: "2019-10-31 09:03:00", user_id: 2, path: "/" },
  { ...STAFF, at: "2019-10-31 09:04:00", user_id: 3, path: "sql/joins" },
  { ...NOBODY, at: "2019-10-31 09:05:00", user_id: 4, path: "sql/joins" },
  { ...WEB, at: "2019-10-31 09:06:00", user_id: 5, path: null },
  // A Thursday in December, after a month without a row; Monday is the 9th.
  { ...DATA, at: "2019-12-12 09:00:00", user_id: 6, path: "java-i" },
  { ...DATA, at: "2019-12-12 09:01:00", user_id: 7, path: "java-i" },
  { ...DATA, at: "2019-12-12 09:02:00", user_id: 7, path: "sql/joins" },
]);
const [D, W] = [
  "data science students on web development",
  "web development students on data science",
];

it("counts students' pages of the other curriculum out of all, quiet months with 0", () => {
  expect(rowsOf(crossProgramByMonth(log, curricula))).toEqual([
    ["2019-10-01", D, 0, 0, 0, null],
    ["2019-10-01", W, 2, 3, 1, 2 / 3],
    ["2019-11-01", D, 0, 0, 0, null],
    ["2019-11-01", W, 0, 0, 0, null],
    ["2019-12-01", D, 2, 3, 2, 2 / 3],
    ["2019-12-01", W, 0, 0, 0, null],
  ]);
});

it("counts by weeks from Monday, or by days, when asked", () => {
  const weeks = crossProgramByMonth(log, curricula, { every: "week" });
  expect(weeks.height).toBe(2 * 7);
  expect(rowsOf(weeks)[1]?.slice(0, 4)).toEqual(["2019-10-28", W, 2, 3]);
  expect(rowsOf(weeks)[12]?.slice(0, 4)).toEqual(["2019-12-09", D, 2, 3]);
  expect(crossProgramByMonth(log, curricula, { every: "day" }).height).toBe(2 * 43);
});
