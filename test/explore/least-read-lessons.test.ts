import type pl from "nodejs-polars";
import { expect, it } from "vitest";
import { leastReadFigure, leastReadLessons } from "../../lib";
import { type Request, rowsOf } from "../support/access-log";
import { lessonLog } from "../support/graduates-log";

/** Cohorts of ten students each, in class for a quarter; user ids begin with the cohort's. */
const QUARTERS = ["2019-01-01", "2019-04-01", "2019-07-01", "2019-10-01", "2020-01-01"];
const LAST_DAYS = ["2019-03-31", "2019-06-30", "2019-09-30", "2019-12-31", "2020-03-31"];

/** Pages of the first `readers` students of a cohort, from 0, on a day `after` its first. */
function pagesOf(cohort: number, path: string, readers: number, after = 30): Request[] {
  const day = new Date(Date.parse(QUARTERS[cohort]!) + after * 86_400_000);
  return Array.from({ length: readers }, (_, student) => ({
    at: `${day.toISOString().slice(0, 10)} 09:00:00`,
    path,
    user_id: 100 * (cohort + 1) + student,
    ...{ cohort_id: cohort + 1, cohort: `C${cohort}`, program_id: 2, program: "Java" },
    ...{ start_date: QUARTERS[cohort], end_date: LAST_DAYS[cohort] },
  }));
}

const all = (path: string, ...readers: number[]) =>
  readers.flatMap((count, cohort) => pagesOf(cohort, path, count));

/** All four cohorts that finish, and the fifth, which is in its second month when the log ends. */
const requests: Request[] = [
  ...QUARTERS.flatMap((_, cohort) => pagesOf(cohort, "a/known", 10, 0)), // all students, on the first day
  ...all("a/rare", 2, 0, 1, 1, 0),
  ...all("a/gone", 8, 8, 0, 0, 0),
  ...all("a/strays", 8, 8, 0, 1, 0), // gone as well: one old bookmark
  ...all("a/late", 0, 0, 3, 2, 0), // there from the third cohort on
  ...all("a/now", 0, 0, 0, 0, 4),
  ...all("a/slip", 1, 0, 1, 0, 0),
  ...pagesOf(4, "a/known", 1, 45),
];
const log = lessonLog(requests);
const factsOf = (frame: pl.DataFrame, ...names: string[]) =>
  rowsOf(frame.select("lesson", "status", ...names));
const options = { newDays: 30, quietDays: 150 };

it("leastReadLessons holds each lesson against the students of cohorts with a reader, while it was there", () => {
  const found = leastReadLessons(log, options);
  expect(factsOf(found, "users", "students", "cohorts", "cohorts_since")).toEqual([
    ["a/rare", "current", 4, 30, 3, 0], // nobody of the second cohort
    ["a/late", "current", 5, 20, 2, 0],
    ["a/known", "current", 40, 40, 4, 0],
    ["a/now", "new", 4, 10, 1, 0],
    ["a/gone", "retired", 16, 20, 2, 2],
    ["a/strays", "retired", 16, 20, 2, 0],
  ]);
  expect(
    factsOf(found, "share", "pages", "pages_per_student", "first_read", "last_read")[0],
  ).toEqual(["a/rare", "current", 4 / 30, 4, 4 / 30, "2019-01-31", "2019-10-31"]);
});

it("leastReadLessons calls a lesson that is merely rare current until it has been quiet for long enough", () => {
  const rare = lessonLog([
    ...QUARTERS.flatMap((_, cohort) => pagesOf(cohort, "a/known", 10, 0)),
    ...all("a/rare", 1, 1, 1, 0, 0),
  ]);
  // Last read on July 31, 154 days before the log's last day; one cohort has finished since.
  const statusAt = (quietDays: number) =>
    factsOf(leastReadLessons(rare, { quietDays })).find(([lesson]) => lesson === "a/rare")?.[1];
  expect(statusAt(153)).toBe("retired");
  expect(statusAt(154)).toBe("current");
});

it("leastReadLessons takes a cohort's name in a path for its lesson, if most of its readers are of it", () => {
  const own = lessonLog([
    ...QUARTERS.flatMap((_, cohort) => pagesOf(cohort, "a/known", 10, 0)),
    ...all("exam/C1-java", 1, 4, 1, 0, 0),
    ...all("java/c2", 4, 4, 4, 4, 0), // a coincidence: a quarter of its readers are of C2
    ...all("exam/c9", 3, 0, 0, 0, 0), // no cohort is called so
  ]);
  const found = leastReadLessons(own, { ...options, minStudents: 1 });
  expect(factsOf(found, "users", "students", "cohorts", "cohorts_since")).toEqual([
    ["exam/C1-java", "current", 4, 10, 1, 0],
    ["java/c2", "current", 16, 40, 4, 0],
    ["a/known", "current", 40, 40, 4, 0],
    ["exam/c9", "retired", 3, 10, 1, 3],
  ]);
});

it("leastReadLessons ranks no lesson that was there for too few students", () => {
  const found = leastReadLessons(log, { ...options, minStudents: 21 });
  expect(factsOf(found).filter(([, status]) => status === "few students")).toEqual([
    ["a/late", "few students"],
  ]);
});

it("leastReadLessons gives a lesson to the program whose students open it readily, and to nobody's where others are more", () => {
  const other = { program: "Data", start_date: "2019-01-01", end_date: "2019-03-31" };
  const data = ["b/own", "a/rare"].flatMap((path) =>
    Array.from({ length: path === "b/own" ? 10 : 3 }, (_, student) => ({
      ...{ at: "2019-02-01 09:00:00", path, user_id: 900 + student },
      ...{ cohort_id: 90, cohort: "D", ...other },
    })),
  );
  const strangers = [1, 2, 3, 4, 5, 6].map((n) => ({
    ...{ at: "2019-02-01 09:00:00", path: "a/late", user_id: 700 + n },
  }));
  const found = leastReadLessons(lessonLog([...requests, ...data, ...strangers]), {
    ...options,
    quietDays: 400,
  });
  const owners = rowsOf(found.select("program", "lesson"));
  expect(owners).toContainEqual(["Data", "b/own"]);
  expect(owners).toContainEqual(["Data", "a/rare"]); // 3 of 10
  expect(owners).toContainEqual(["Java", "a/rare"]); // 4 of 50: more than a quarter of that
  expect(owners).not.toContainEqual(["Java", "a/late"]); // 6 without a cohort, 5 with
});

it("leastReadLessons leaves out Staff, and reading before and after class", () => {
  const staff = pagesOf(0, "a/rare", 9).map((row) => ({ ...row, cohort_id: 28 }));
  const after = pagesOf(0, "a/rare", 9, 100);
  const more = lessonLog([...requests, ...staff, ...after]);
  expect(rowsOf(leastReadLessons(more, options))).toEqual(rowsOf(leastReadLessons(log, options)));
});

it("leastReadFigure shows the current lessons, the least read first", () => {
  const figure = leastReadFigure(leastReadLessons(log, options), { title: "t", most: 2 });
  expect(figure.data).toMatchObject([
    { y: ["a/rare", "a/late"], x: [4 / 30, 0.25], text: ["4 of 30", "5 of 20"] },
  ]);
});
