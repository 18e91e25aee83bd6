import pl from "nodejs-polars";
import { expect, it } from "vitest";
import { curriculumReaders } from "../../../lib/detect/access/curriculum-readers";
import { accessLog, rowsOf } from "../../support/access-log";
import { curricula, DATA, NOBODY, STAFF, WEB } from "./two-programs";

const log = accessLog([
  { ...WEB, at: "2019-10-01 09:00:00", user_id: 1, path: "java-i" },
  { ...WEB, at: "2019-10-02 09:00:00", user_id: 1, path: "java-i" },
  { ...WEB, at: "2019-10-03 09:00:00", user_id: 1, path: "java-i" },
  { ...WEB, at: "2019-10-04 09:00:00", user_id: 1, path: "sql/joins" },
  // More of the other curriculum than of the own.
  { ...DATA, at: "2019-10-01 10:00:00", user_id: 2, path: "java-i" },
  { ...DATA, at: "2019-10-05 10:00:00", user_id: 2, path: "java-i" },
  { ...DATA, at: "2019-10-06 10:00:00", user_id: 2, path: "sql/joins" },
  { ...STAFF, at: "2019-10-01 11:00:00", user_id: 3, path: "java-i" },
  { ...STAFF, at: "2019-10-01 12:00:00", user_id: 3, path: "sql/joins" },
  { ...NOBODY, at: "2019-10-01 13:00:00", user_id: 4, path: "java-i" },
  { ...NOBODY, at: "2019-10-02 13:00:00", user_id: 4, path: "sql/joins" },
  { ...NOBODY, at: "2019-10-03 13:00:00", user_id: 4, path: "sql/joins" },
  // One curriculum, and a page of both.
  { ...DATA, at: "2019-10-01 14:00:00", user_id: 5, path: "sql/joins" },
  { ...DATA, at: "2019-10-01 14:01:00", user_id: 5, path: "/" },
  // Changed from web development to data science.
  { ...WEB, at: "2019-10-01 15:00:00", user_id: 6, path: "java-i" },
  { ...DATA, at: "2019-11-01 15:00:00", user_id: 6, path: "sql/joins" },
]);

it("finds who reads both, with first and last access of the other curriculum", () => {
  expect(rowsOf(curriculumReaders(log, curricula))).toEqual([
    [1, "Teddy", "Java Full Stack", 3, 1, 1, 0.25, "2019-10-04 09:00:00", "2019-10-04 09:00:00"],
    [2, "Bayes", "Data Science", 2, 1, 1, 1 / 3, "2019-10-01 10:00:00", "2019-10-05 10:00:00"],
    [3, "Staff", "Java Full Stack", 1, 1, 1, 0.5, "2019-10-01 12:00:00", "2019-10-01 12:00:00"],
    [4, null, null, 1, 2, 1, 1 / 3, "2019-10-01 13:00:00", "2019-10-01 13:00:00"],
    [6, "Bayes", "Data Science", 1, 1, 1, 0.5, "2019-10-01 15:00:00", "2019-10-01 15:00:00"],
  ]);
});

it("says what it needs", () => {
  expect(() => curriculumReaders(log, pl.concat([curricula, curricula]))).toThrow("each path once");
});
