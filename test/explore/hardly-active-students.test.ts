import pl from "nodejs-polars";
import { beforeAll, expect, it } from "vitest";
import { above, below, firstRow, where } from "../../lib";
import { hardlyActiveStudents } from "../../lib/explore/class-time/hardly-active-students";
import { accessLog, type Request } from "../support/access-log";
import { wholeLog } from "../support/whole-log";

const cohort = (cohort_id: number, name: string, start_date: string, end_date: string) => ({
  ...{ cohort_id, cohort: name, program: "Data Science", start_date, end_date },
});
const bayes = cohort(34, "Bayes", "2020-01-01", "2020-03-31");
const curie = cohort(55, "Curie", "2020-02-03", "2020-06-30");
const staff = cohort(28, "Staff", "2014-02-04", "2014-02-04");

/** Pages of one user on a day. */
function on(day: string, user_id: number, pages: number, of: Partial<Request> = bayes): Request[] {
  return Array.from({ length: pages }, () => ({ at: `${day} 12:00:00`, user_id, ...of }));
}

/** Five classmates who read 8 pages at the beginning, 8 in the middle and 8 at the end: the median is 24. */
const classmates = [1, 2, 3, 4, 5].flatMap((user) =>
  ["2020-01-01", "2020-02-10", "2020-03-31"].flatMap((day) => on(day, user, 8)),
);
/** The log begins before class and goes on after it. */
const around = [...on("2019-12-01", 99, 1, {}), ...on("2020-07-31", 99, 1, {})];

function found(requests: Request[], options?: Parameters<typeof hardlyActiveStudents>[1]) {
  return hardlyActiveStudents(accessLog([...around, ...classmates, ...requests]), options);
}

function student(frame: pl.DataFrame, user: number, cohort = 34): Record<string, unknown> {
  return firstRow(where(frame, { user_id: user, cohort_id: cohort }))!;
}

it("hardlyActiveStudents counts pages on the days of class, both ends included, beside the cohort's median", () => {
  const six = student(
    found([
      ...on("2019-12-31", 6, 4),
      ...on("2020-01-01", 6, 1),
      ...on("2020-03-31", 6, 1),
      ...on("2020-03-31", 6, 3, { ...bayes, path: null }), // no page views
      ...on("2020-04-01", 6, 5),
    ]),
    6,
  );
  expect(six).toMatchObject({
    ...{ pages: 2, active_days: 2, pages_before_class: 4, pages_after_class: 5 },
    ...{ cohort_pages: 24, classmates_below: 0, silent_before: 0, silent_after: 0 },
    ...{ class_days: 91, seen_share: 1, situation: "hardly reads" },
  });
  expect(six.share_of_pages).toBeCloseTo(2 / 24, 12);
  expect(six.share_of_days).toBeCloseTo(2 / 3, 12);
  expect(six.score).toBeCloseTo(24 / 8 / 2, 12);
  expect(six.finding).toBe(
    "User 6 of Bayes opened 2 pages on 2 days in class, 8.3% of the cohort's median of 24. " +
      "From January 1, 2020 to March 31, 2020; the cohort's median in that time is 24.",
  );
});

it("hardlyActiveStudents flags below an eighth of the median, not at it", () => {
  const frame = found([...on("2020-01-01", 6, 1), ...on("2020-03-31", 6, 2)]);
  expect(student(frame, 6)).toMatchObject({ score: 1, situation: "as others", finding: null });
  const stricter = found([...on("2020-01-01", 6, 1), ...on("2020-03-31", 6, 2)], { share: 0.2 });
  expect(student(stricter, 6).situation).toBe("hardly reads");
});

it("hardlyActiveStudents says how far pages lie from the median on the log scale", () => {
  const more = [10, 20, 30].flatMap((pages, i) => on("2020-02-10", 6 + i, pages));
  // R 4.2.2: x <- log(c(24, 24, 24, 24, 24, 10, 20, 30)) has a mad of 0; without the first four of
  // 24, (log(10) - median(x)) / mad(x), x <- log(c(24, 10, 20, 30, 40)), is -2.64625874
  expect(student(found(more), 6).robust_z).toBeNull();
  const few = [24, 10, 20, 30, 40].flatMap((pages, i) => on("2020-02-10", 1 + i, pages));
  const frame = hardlyActiveStudents(accessLog([...around, ...few]));
  expect(student(frame, 2).robust_z).toBeCloseTo(-2.64625874, 6);
  expect(student(frame, 1).robust_z).toBe(0);
});

it("hardlyActiveStudents tells who left early from who joined late, by four weeks of silence while others read", () => {
  const frame = found([
    ...on("2020-03-03", 6, 20), // 28 days before the cohort's last page, 62 after its first
    ...on("2020-01-01", 7, 20),
    ...on("2020-03-04", 7, 20), // 27 days
    ...on("2020-01-29", 8, 20),
    ...on("2020-03-31", 8, 20),
  ]);
  expect(student(frame, 6)).toMatchObject({ silent_after: 28, situation: "left early" });
  expect(student(frame, 7)).toMatchObject({ silent_after: 27, situation: "as others" });
  expect(student(frame, 8)).toMatchObject({ silent_before: 28, situation: "joined late" });
  expect(student(frame, 6).finding).toContain(
    "All on March 3, 2020, 28 days before the cohort's last",
  );
});

it("hardlyActiveStudents says the cohort's median of pages while a student was there", () => {
  const frame = found([...on("2020-01-01", 6, 1), ...on("2020-02-10", 6, 1)]);
  expect(student(frame, 6).cohort_pages_meanwhile).toBe(16);
  expect(student(frame, 1).cohort_pages_meanwhile).toBeNull();
});

it("hardlyActiveStudents does not take a change of cohort, or work as Staff, for leaving", () => {
  const frame = found([
    ...on("2020-01-20", 6, 2),
    ...on("2020-02-10", 6, 30, curie),
    ...on("2020-01-20", 7, 2),
    ...on("2020-02-01", 7, 9, staff),
    ...on("2020-01-20", 8, 2),
    ...on("2020-06-20", 8, 9, curie), // five months later
  ]);
  const moved = { situation: "changed cohort", other_cohorts: "Curie", pages_elsewhere: 30 };
  expect(student(frame, 6)).toMatchObject(moved);
  expect(student(frame, 7)).toMatchObject({ situation: "also Staff", other_cohorts: "Staff" });
  expect(student(frame, 8)).toMatchObject({ situation: "left early", other_cohorts: "Curie" });
  expect(where(frame, { cohort_id: 28 }).height).toBe(0);
});

it("hardlyActiveStudents sets apart who never appears in class, and does not flag them", () => {
  const frame = found([...on("2019-12-20", 6, 3), ...on("2020-05-01", 6, 4)]);
  expect(student(frame, 6)).toMatchObject({
    ...{ situation: "never in class", pages: 0, score: null, first_read: null },
    finding: "User 6 of Bayes opened no page in class, 3 pages before it and 4 pages after it.",
  });
});

it("hardlyActiveStudents does not judge who left a class of which the log holds less than a quarter", () => {
  const log = where(accessLog(classmates), { date: new Date("2020-01-01") });
  const frame = hardlyActiveStudents(log);
  const hardly = { class_days: 1, situation: "class hardly in the log", finding: null };
  expect(student(frame, 1)).toMatchObject(hardly);
  const over = accessLog(on("2021-01-01", 1, 1));
  expect(student(hardlyActiveStudents(over), 1).situation).toBe("class not in the log");
  const undated = accessLog(on("2021-01-01", 1, 1, { cohort_id: 34 }));
  expect(student(hardlyActiveStudents(undated), 1).situation).toBe("class not in the log");
});

it("hardlyActiveStudents compares nobody where fewer than five have pages in class", () => {
  const log = accessLog([
    ...on("2020-01-01", 1, 9),
    ...on("2020-03-31", 1, 9),
    ...on("2020-03-31", 2, 1),
  ]);
  expect(student(hardlyActiveStudents(log), 2)).toMatchObject({
    ...{ cohort_pages: null, share_of_pages: null, score: null, classmates_below: 0 },
    situation: "joined late",
    finding: "User 2 of Bayes opened 1 page on 1 day in class. All on March 31, 2020.",
  });
});

it("hardlyActiveStudents says from what kind of address the requests came, where it is told", () => {
  const rows = [
    ...on("2020-01-01", 6, 1, { ...bayes, ip: "198.18.0.7" }),
    ...on("2020-03-31", 6, 1, { ...bayes, ip: "198.18.0.7" }),
    ...on("2020-03-31", 6, 1, { ...bayes, ip: "198.18.0.8", path: null }),
  ];
  const ips = ["198.18.0.7", "198.18.0.8"];
  const addresses = pl.DataFrame({ ip: ips, address_kind: ["single", "campus"] });
  const told = student(found(rows, { addresses }), 6);
  expect(told).toMatchObject({ addresses: 2, address_kind: "single" });
  expect(told.campus_share).toBeCloseTo(1 / 3, 12);
  const untold = { addresses: 2, address_kind: null, campus_share: null };
  expect(student(found(rows), 6)).toMatchObject(untold);
});

it("hardlyActiveStudents keeps hostile names visible, and tells ids apart that differ in more than 32 bits", () => {
  const hostile = { ...bayes, cohort_id: 7, cohort: "a\u202eb" };
  // 28 in its last 32 bits, and no Staff; user 2^53 - 1 is not -1.
  const large = { ...bayes, cohort_id: 2 ** 32 + 28, cohort: "Large" };
  const frame = found([
    ...on("2020-01-20", 6, 2),
    ...on("2020-01-25", 6, 2, hostile),
    ...on("2020-01-02", 2 ** 53 - 1, 3, large),
  ]);
  expect(student(frame, 6).finding).toContain("carry a\\u202eb from January 25");
  expect(student(frame, 2 ** 53 - 1, 2 ** 32 + 28)).toMatchObject({ pages: 3, cohort: "Large" });
});

let students: pl.DataFrame;
beforeAll(() => {
  students = hardlyActiveStudents(wholeLog().accessLog);
});

it("hardlyActiveStudents on the sample finds those that are published, with their pages", () => {
  // Published of the real log for days of class, first and last included, without Staff.
  const perUser = where(students, { pages: above(0) })
    .groupBy("user_id")
    .agg(pl.col("pages").sum())
    .sort(["pages", "user_id"]);
  expect(perUser.getColumn("user_id").head(10).toArray()).toEqual([
    ...[619, 879, 918, 940, 832, 278, 539, 956, 812, 388],
  ]);
  expect(perUser.getColumn("pages").head(10).toArray()).toEqual([1, 1, 1, 1, 3, 4, 5, 6, 7, 8]);
  expect(perUser.height).toBe(731);
  expect(where(perUser, { pages: below(50) }).height).toBe(36);
});

it("hardlyActiveStudents on the sample finds those who left early that document 003 names, and that user 704 stayed", () => {
  const leavers = { 26: [268], 58: [663], 134: [663], 61: [707], 62: [757] };
  for (const [cohort, [user]] of Object.entries(leavers)) {
    expect(student(students, user!, Number(cohort)).situation).toBe("left early");
  }
  expect(student(students, 704, 61)).toMatchObject({ situation: "hardly reads", pages: 64 });
});
