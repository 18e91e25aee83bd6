import { expect, it } from "vitest";
import { cohortLessons, cohortsInClass, consistentLessons } from "../../lib";
import { rowsOf } from "../support/access-log";
import { lessonTraffic } from "./lesson-traffic";

const floors = { minStudents: 1 };
// Joins have 4 of 10 pages in every class; one class alone opens 90 pages on where.
const traffic = lessonTraffic([
  { id: 1, students: [{ "sql/joins": 4, "sql/where": 2, "sql/limit": 4 }] },
  { id: 2, students: [{ "sql/joins": 4, "sql/where": 1, "sql/limit": 5 }] },
  { id: 3, students: [{ "sql/joins": 60, "sql/where": 90 }] },
]);

it("consistentLessons gives each cohort one vote, so that one busy cohort does not decide", () => {
  const columns = [
    ...["rank", "lesson", "rank_by_sum", "lower_quartile_share", "median_share", "lowest_share"],
    ...["cohorts", "cohorts_reading", "pages"],
  ];
  // Shares of where: 0.1, 0.2, 0.6; two of three cohorts are less than 75 %.
  const rows = rowsOf(consistentLessons(traffic, floors).select(...columns));
  expect(rows.map((row) => row.map(rounded))).toEqual([
    [1, "sql/joins", 2, 0.4, 0.4, 0.4, 3, 3, 68],
    [2, "sql/where", 1, 0.1, 0.2, 0.1, 3, 3, 93],
    [3, "sql/limit", 3, 0, 0.4, 0, 3, 2, 9],
  ]);
});

// By hand: the share of cohort c is c in a hundred.
it.each([
  [2, 1], // both
  [3, 1], // all three; two are 67 %
  [4, 2], // three
  [5, 2], // four; three are 60 %
  [8, 3], // six
  [18, 5], // 14; thirteen are 72 %
])(
  "consistentLessons ranks by what at least 75 %% reach: of %d cohorts, that of number %d",
  (cohorts, place) => {
    const of = Array.from({ length: cohorts }, (_, i) => {
      return { id: i + 1, students: [{ "sql/joins": i + 1, "sql/where": 99 - i }] };
    });
    const rows = rowsOf(
      consistentLessons(lessonTraffic(of), floors).select("lesson", "lower_quartile_share"),
    );
    expect(rows.map((row) => row.map(rounded))).toContainEqual(["sql/joins", place / 100]);
  },
);

it("consistentLessons counts students in class only, and leaves out Staff and classes mostly outside the log", () => {
  const pages = lessonTraffic([
    { id: 1, students: [{ "sql/joins": 2 }] },
    { id: 28, students: [{ "sql/where": 9 }] }, // Staff
    // Sums of classes that do not count are in the sum only; of days 1 to 41, 26 are in the log.
    { id: 2, start: "2020-01-06", end: "2020-02-15", students: [{ "sql/limit": 1 }] },
  ]);
  expect(
    rowsOf(cohortsInClass(pages, floors).select("cohort_id", "seen_share", "pages", "counts")).map(
      (row) => row.map(rounded),
    ),
  ).toEqual([
    [1, 1, 2, true],
    [2, 0.63, 1, false],
  ]);
  expect(rowsOf(consistentLessons(pages, floors).select("lesson", "cohorts"))).toEqual([
    ["sql/joins", 1],
  ]);
});

it("consistentLessons leaves out topics' own pages, or counts by topic, when asked", () => {
  const pages = lessonTraffic([{ id: 1, students: [{ sql: 6, "sql/joins": 2, "nlp/regex": 2 }] }]);
  const of = (options: object, name = "lesson") =>
    rowsOf(consistentLessons(pages, { ...floors, ...options }).select(name, "median_share"));
  expect(of({})[0]).toEqual(["sql", 0.6]);
  expect(of({ sections: false })).toEqual([
    ["nlp/regex", 0.5],
    ["sql/joins", 0.5],
  ]);
  expect(of({ of: "topic" }, "topic")).toEqual([
    ["sql", 0.8],
    ["nlp", 0.2],
  ]);
});

it("cohortLessons gives a cohort's pages per student, share and place of each lesson", () => {
  const columns = ["cohort_id", "rank", "lesson", "pages", "users", "pages_per_student", "share"];
  expect(rowsOf(cohortLessons(traffic, floors).select(...columns)).slice(0, 3)).toEqual([
    [1, 1, "sql/joins", 4, 1, 4, 0.4],
    [1, 1, "sql/limit", 4, 1, 4, 0.4],
    [1, 3, "sql/where", 2, 1, 2, 0.2],
  ]);
});

function rounded(value: unknown): unknown {
  return typeof value === "number" ? Math.round(100 * value) / 100 : value;
}
