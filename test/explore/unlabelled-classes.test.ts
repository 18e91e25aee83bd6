import pl from "nodejs-polars";
import { expect, it } from "vitest";
import { unlabelledClasses } from "../../lib/explore/unlabelled-classes";
import { accessLog, rawCohorts, rowsOf } from "../support/access-log";

const cohorts = rawCohorts([
  [7, "Ike", "2020-01-01", "2020-06-01", 2],
  [8, "Ada", "2020-02-05", "2020-06-01", 3],
  [9, "Io", "2020-05-01", "2020-06-01", 2],
]);
const curricula = pl.DataFrame({
  path: ["java", "python", "toc"],
  curriculum: ["web development", "data science", "shared"],
});

const begin = (user_id: number, day: string, path: string) => {
  return { at: `${day} 09:00:00`, user_id, path };
};
const log = accessLog([
  { ...begin(1, "2020-01-01", "java"), cohort_id: 7 },
  // Five who were there when the log begins.
  ...[11, 12, 13, 14, 15].map((id) => begin(id, "2020-01-02", "java")),
  // Five who begin within days of each other; then one more, seven days later.
  ...[21, 22, 23].map((id) => begin(id, "2020-02-03", "python")),
  begin(24, "2020-02-09", "python"),
  begin(25, "2020-02-10", "java"),
  begin(26, "2020-02-17", "toc"),
  { ...begin(21, "2020-03-01", "toc"), at: "2020-03-01 10:00:00" },
  // Began with them, and has a cohort later.
  begin(27, "2020-02-03", "python"),
  { ...begin(27, "2020-02-04", "python"), cohort_id: 7 },
]);

it("unlabelledClasses puts those together who never have a cohort and began within a week of one another", () => {
  const found = unlabelledClasses(log, cohorts, curricula);
  // By hand. Six begin in 61 days, five of them within 8: for each of the six as the first, at least
  // four of the others within as many days. Of cohorts without rows Ada alone starts in the log's
  // time, on one of the 13 days around the first.
  const p = 8 / 61;
  const chance = expect.closeTo(6 * (5 * p ** 4 * (1 - p) + p ** 5), 12);
  const cohortChance = expect.closeTo(13 / 61, 12);
  expect(rowsOf(found)).toEqual([
    [
      ...["2020-01-02", 5, 5, "2020-01-02 09:00:00", "2020-01-02 09:00:00", 1, 5, 0, 0],
      ...["web development", null, null, true, null, null, "11, 12, 13, 14, 15"],
    ],
    [
      ...["2020-02-03", 5, 6, "2020-02-03 09:00:00", "2020-03-01 10:00:00", 2, 1, 4, 1],
      ...["data science", "Ada", "Data Science", false, chance, cohortChance, "21, 22, 23, 24, 25"],
    ],
  ]);
});

it("unlabelledClasses does not name a cohort that has rows", () => {
  const ada = accessLog([{ ...begin(1, "2020-02-05", "java"), cohort_id: 8 }]);
  const found = unlabelledClasses(pl.concat([log, ada]), cohorts, curricula);
  expect(found.getColumn("cohort").toArray()).toEqual([null, null]);
});

it("unlabelledClasses takes fewer or wider groups where told to", () => {
  expect(unlabelledClasses(log, cohorts, curricula, { least: 6 }).height).toBe(0);
  const wide = unlabelledClasses(log, cohorts, curricula, { within: 8 });
  expect(wide.getColumn("users").toArray().map(Number)).toEqual([5, 6]);
});
