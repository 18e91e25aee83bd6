import { expect, it } from "vitest";
import { staffCandidates } from "../../../lib/detect/access/staff-candidates";
import { staffRanking } from "../../../lib/detect/access/staff-ranking";
import { above, where } from "../../../lib/log/where";
import { accessLog, type Request, rowsOf } from "../../support/access-log";
import * as of from "./two-programs";

const day = (n: number) => new Date(Date.UTC(2020, 0, n)).toISOString().slice(0, 10);
const STAFF = { ...of.STAFF, start_date: "2014-02-04", end_date: "2014-02-04" };
const JAVA = { ...of.WEB, start_date: "2020-01-01", end_date: "2020-01-20" };
const DATA = { ...of.DATA, start_date: "2020-01-01", end_date: "2020-03-01" };
const visit = (user_id: number, n: number, path: string | null, of: object, time = "09:00:00") => {
  return { at: `${day(n)} ${time}`, user_id, path, ip: `198.18.0.${user_id}`, ...of };
};

it("staffCandidates measures how each user reads", () => {
  const log = accessLog([
    // January 1, 2020 is a Wednesday. Two pages of each program, one twice, on six days.
    visit(1, 1, "java-i/a", STAFF),
    visit(1, 2, "java-i/a", STAFF, "17:00:00"),
    visit(1, 3, "java-ii/b", STAFF, "07:59:59"),
    visit(1, 4, "sql/a", STAFF), // a Saturday
    visit(1, 5, "sql/b", STAFF),
    visit(1, 6, null, DATA),
    visit(1, 40, "sql/b", STAFF, "16:59:59"),
    visit(2, 1, "java-i/a", JAVA),
    visit(2, 1, "java-ii/b", JAVA),
    visit(3, 1, "sql/a", DATA),
    visit(3, 1, "sql/b", DATA),
  ]);
  const entropy = -(Math.log(2 / 6) / 3 + Math.log(1 / 6) / 6 + Math.log(3 / 6) / 2);
  expect(staffCandidates(log).toRecords()[0]).toMatchObject({
    ...{ user_id: 1, cohort: "Staff", labelled: true, tenure_days: 40, days: 7, rows: 7 },
    first_access: new Date("2020-01-01T09:00:00Z"),
    last_access: new Date("2020-02-09T16:59:59Z"),
    distinct_pages: 4,
    breadth: 2, // programs: three views of each
    sections: expect.closeTo(Math.exp(entropy), 12),
    views_per_page: 6 / 4,
    ...{ months: 2, busiest_half_year_share: 1 },
    cohorts_spanned: 2, // both have five of these days
    class_hours_share: 2 / 7, // the 1st and the 6th; February 9 is a Sunday
    campus_share: 0,
  });
});

it("staffCandidates takes what many use at once in class hours for the campus", () => {
  const log = accessLog([
    ...Array.from({ length: 12 }, (_, u) => visit(u + 1, 1, "a", { ...JAVA, ip: "198.18.9.9" })),
    visit(1, 2, "a", STAFF),
  ]);
  expect(staffCandidates(log).getColumn("campus_share").toArray().slice(0, 2)).toEqual([0.5, 1]);
});

it("staffCandidates finds the unlabelled user who reads as the labelled do, and gives the evidence", () => {
  const flagged = where(staffCandidates(accessLog(school())), { score: above(1) }).toRecords();
  expect(flagged.every(({ user_id }) => Number(user_id) <= 7)).toBe(true);
  expect(flagged.find(({ user_id }) => user_id === 7)?.finding).toMatch(
    /^User 7 of Teddy, not labelled Staff, reads as staff do: .*\(others .*\), .* times as frequent among staff \(others: those there for about as long\)\.$/,
  );
});

it("staffCandidates leaves out users of a class that was never entered, before it learns and ranks", () => {
  // Six who never have a cohort begin on one day and read as staff do.
  const together = Array.from({ length: 6 }, (_, u) =>
    Array.from({ length: 20 }, (_, i) => visit(60 + u, 2 + 20 * i, `java-${i}/page`, {})),
  ).flat();
  const all = [...school(), ...together];
  expect(rowsOf(staffCandidates(accessLog(all)))).toEqual(
    rowsOf(staffCandidates(accessLog(school()))),
  );
  expect(staffCandidates(accessLog(all), { together: 6 }).height).toBe(47 + 6);
});

it("staffCandidates does not count twice what only says that somebody was there for long", () => {
  // All open one page on every tenth day, and staff as well as some others are there for longer.
  const rows = Array.from({ length: 40 }, (_, u) => {
    const isLong = u % 4 === 0;
    return Array.from({ length: isLong ? 40 : 4 }, (_, i) =>
      visit(u + 1, 1 + 10 * i, "page", u % 8 === 0 ? STAFF : JAVA),
    );
  });
  const users = staffCandidates(accessLog(rows.flat()), { parts: 2 }).toRecords();
  const [staff, other] = [users[0], users[4]].map((row) => row!.score as number);
  const short = users[1]!.score as number;
  // Nine parts are averaged, and tenure alone tells: for it, (1 + 5) / (2 + 5) of the labelled and
  // (1 + 4) / (2 + 34) of others are long, and 1 / 7 and 31 / 36 are short. Oneself is left out.
  expect(Math.log(other! / short)).toBeCloseTo(
    Math.log(((6 / 7) * 36 * 7) / (5 * 1) / (36 / 31)) / 9,
    1,
  );
  expect(staff).toBeGreaterThan(short);
});

it("staffRanking says how well habits put the labelled first", () => {
  // By hand: user 7 comes first, then two times three labelled with equal scores, then the others.
  const [area, precision] = rowsOf(staffRanking(staffCandidates(accessLog(school()))));
  const expected = { area: 1 - 6 / (6 * 41), precision: (3 * (3 / 4) + 3 * (6 / 7)) / 6 };
  const measures = ["area under the ROC curve", "average precision"];
  expect([area!.at(0), precision!.at(0)]).toEqual(measures);
  expect([area!.at(1), area!.at(4)]).toEqual([expect.closeTo(expected.area, 12), 0.5]);
  expect([precision!.at(1), precision!.at(4)]).toEqual([
    expect.closeTo(expected.precision, 12),
    6 / 47,
  ]);
  for (const [, value, low, high] of [area, precision] as [string, number, number, number][]) {
    expect(low <= value && value <= high).toBe(true);
  }
  expect(staffRanking(staffCandidates(accessLog([visit(1, 1, "a", JAVA)]))).height).toBe(0);
});

it("staffCandidates has no score where nobody is labelled, and finds nobody in an empty log", () => {
  const unlabelled = staffCandidates(accessLog([visit(1, 1, "a", JAVA)]));
  expect(rowsOf(unlabelled.select("user_id", "rows", "score", "finding"))).toEqual([
    [1, 1, null, null],
  ]);
  expect(staffCandidates(accessLog([])).height).toBe(0);
});

it("staffCandidates does without cohorts' dates, programs and paths, and a single user", () => {
  const [row] = rowsOf(staffCandidates(accessLog([visit(1, 1, null, { cohort_id: 28 })])));
  expect(row!.slice(0, 3)).toEqual([1, null, true]);
  expect(row!.some(Number.isNaN)).toBe(false);
});

it("staffCandidates shares a page out to the programs of its readers, not to readers without one", () => {
  const at = "2020-01-02 10:00:00";
  const log = accessLog([
    { at, path: "p", user_id: 1, ...of.WEB },
    { at, path: "p", user_id: 2 },
    { at, path: null, user_id: 3, ...of.WEB, program_id: 3 },
  ]);
  // All of the page's known readers are of one program: one program's worth, by hand.
  expect(staffCandidates(log).getColumn("breadth").toArray().slice(0, 2)).toEqual([1, 1]);
});

/** Users 1 to 6 are staff, and 7 reads as they do: now and then, everything. 8 to 47 are students. */
function school() {
  const rows: Request[] = [];
  for (let user = 1; user <= 47; user++) {
    const isLike = user <= 7;
    const of = user <= 6 ? STAFF : user % 2 === 1 ? JAVA : DATA;
    for (let i = 0; i < 20; i++) {
      const topic = isLike ? ["java", "sql"][i % 2] : of === JAVA ? "java" : "sql";
      const path = `${topic}-${isLike ? i : i % (2 + (user % 3))}/page`;
      rows.push(
        visit(user, isLike ? 1 + 20 * i : 1 + i, path, of, user % 2 ? "10:00:00" : "20:00:00"),
      );
    }
  }
  return rows;
}
