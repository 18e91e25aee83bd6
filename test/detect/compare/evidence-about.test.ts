import { expect, it } from "vitest";
import { evidenceAbout } from "../../../lib/detect/compare/evidence-about";
import { accessLog, rowsOf } from "../../support/access-log";

const arches = { cohort_id: 1, cohort: "Arches", end_date: "2014-04-22" };
const log = accessLog([
  { at: "2018-12-18 10:00:00", path: "a", user_id: 7, ip: "198.18.0.7", ...arches },
  { at: "2018-12-19 10:00:00", path: "a", user_id: 7, ip: "198.18.0.7", ...arches },
  { at: "2018-12-19 10:00:30", path: "b", user_id: 7, ip: "198.18.0.7", ...arches },
  { at: "2018-12-19 18:00:00", path: "c", user_id: 7, ip: "198.18.0.8", ...arches },
  { at: "2018-12-19 18:30:00", path: null, user_id: 7, ip: "198.18.0.7", ...arches },
  { at: "2018-12-20 10:00:00", path: "c", user_id: 8, ip: "198.18.0.7" },
  { at: "2018-12-18 09:00:00", path: "c", user_id: 8, ip: "198.18.0.7" },
  { at: "2014-04-01 09:00:00", path: "c", user_id: 9, ip: "198.18.0.9", ...arches },
  { at: "2020-04-01 09:00:00", path: "c", user_id: 10, ip: "198.18.0.9", ...arches, cohort_id: 28 },
]);
const columns = ["who", "pages", "days", "first_day", "last_day", "users", "addresses"];
const ofBusiestDay = ["busiest_day", "busiest_day_pages", "distinct_pages", "most_per_minute"];
const about = (options: Parameters<typeof evidenceAbout>[1], ...names: string[]) =>
  rowsOf(evidenceAbout(log, options).select(...names));

// Counted by hand from the rows above: the row without a path is no page.
it("counts what named users and addresses read, in the order in which they are named", () => {
  expect(about({ users: [8, 7, 99], addresses: ["198.18.0.7"] }, ...columns)).toEqual([
    ["8", 2, 2, "2018-12-18", "2018-12-20", 1, 1],
    ["7", 4, 2, "2018-12-18", "2018-12-19", 1, 2],
    ["99", 0, 0, null, null, 0, 0],
    ["198.18.0.7", 5, 3, "2018-12-18", "2018-12-20", 2, 1],
  ]);
  expect(evidenceAbout(log, {}).height).toBe(0);
});

it("takes the busiest day as a whole, whatever its pauses; of several the first", () => {
  expect(about({ users: [7, 8, 99] }, ...ofBusiestDay)).toEqual([
    ["2018-12-19", 3, 3, 2],
    ["2018-12-18", 1, 1, 1],
    [null, 0, 0, null],
  ]);
});

it("counts months since the cohort's last day, but not in class or for Staff", () => {
  expect(about({ users: [7, 8, 9, 10] }, "cohort", "end_date", "months_after_end")).toEqual([
    ["Arches", "2014-04-22", 55], // 2014-04-22 to 2018-11-22 are 55 months, 2018-12-22 is yet to come
    [null, null, null],
    ["Arches", "2014-04-22", null],
    ["Arches", null, null],
  ]);
});
