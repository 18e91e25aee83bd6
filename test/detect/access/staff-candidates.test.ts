import { describe, expect, it } from "vitest";
import { staffCandidates } from "../../../lib/detect/access/staff-candidates";
import { likelihoodRatios } from "../../../lib/stats/likelihood-ratios";
import { accessLog, type Request, rowsOf } from "../../support/access-log";

describe("likelihoodRatios", () => {
  it("compares how frequent a value is among the labelled and among others, oneself left out", () => {
    // Halves: 1, 2 | 3, 4 and 5. Labelled are 2, 4 and 5; each half has one more, and oneself is out.
    const [ratios] = likelihoodRatios(
      [Float64Array.of(1, 2, 3, 4, 5)],
      [false, true, false, true, true],
      2,
    );
    expect(Array.from(ratios!, Math.exp)).toEqual(
      [
        (1 + 1) / (3 + 2) / ((0 + 1) / (1 + 2)),
        (0 + 1) / (2 + 2) / ((1 + 1) / (2 + 2)),
        (2 + 1) / (3 + 2) / ((0 + 1) / (1 + 2)),
        (1 + 1) / (2 + 2) / ((1 + 1) / (2 + 2)),
        (1 + 1) / (2 + 2) / ((1 + 1) / (2 + 2)),
      ].map((ratio) => expect.closeTo(ratio, 12)),
    );
  });

  it("keeps equal values together, which then say nothing", () => {
    const same = Float64Array.of(7, 7, 7, 7);
    const [ratios] = likelihoodRatios([same], [true, true, false, false], 8);
    // By hand: all are in one part; of 8 parts with one more each (1 + 1) / (1 + 8) over (2 + 1) / (2 + 8).
    expect(ratios![0]).toBeCloseTo(Math.log(2 / 9 / (3 / 10)), 12);
  });
});

const day = (n: number) => new Date(Date.UTC(2020, 0, n)).toISOString().slice(0, 10);
const STAFF = {
  cohort_id: 28,
  cohort: "Staff",
  start_date: "2014-02-04",
  end_date: "2014-02-04",
  program_id: 2,
};
const JAVA = {
  cohort_id: 29,
  cohort: "Zion",
  start_date: "2020-01-01",
  end_date: "2020-01-20",
  program_id: 2,
};
const DATA = {
  cohort_id: 34,
  cohort: "Bayes",
  start_date: "2020-01-01",
  end_date: "2020-03-01",
  program_id: 3,
};
const visit = (
  user_id: number,
  n: number,
  path: string | null,
  of: Partial<Request>,
  time = "09:00:00",
) => ({
  at: `${day(n)} ${time}`,
  user_id,
  path,
  ip: `198.18.0.${user_id}`,
  ...of,
});

describe("staffCandidates", () => {
  it("measures how each user reads", () => {
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
    expect(rowsOf(staffCandidates(log).drop("score", "finding"))[0]).toEqual([
      1,
      "Staff",
      true,
      "2020-01-01 09:00:00",
      "2020-02-09 16:59:59",
      40, // days from first to last
      7, // days with requests
      7,
      4, // different pages
      2, // programs: three views of each
      expect.closeTo(
        Math.exp(-(Math.log(2 / 6) / 3 + Math.log(1 / 6) / 6 + Math.log(3 / 6) / 2)),
        12,
      ),
      6 / 4, // views per page
      2, // months
      1, // all within half a year
      2, // both cohorts have five of these days
      2 / 7, // in class hours: the 1st and the 6th; February 9 is a Sunday
      0,
    ]);
  });

  it("takes what many use at once in class hours for the campus", () => {
    const log = accessLog([
      ...Array.from({ length: 12 }, (_, u) => visit(u + 1, 1, "a", { ...JAVA, ip: "198.18.9.9" })),
      visit(1, 2, "a", STAFF),
    ]);
    expect(staffCandidates(log).getColumn("campus_share").toArray().slice(0, 2)).toEqual([0.5, 1]);
  });

  it("finds the unlabelled user who reads as the labelled do, and gives the evidence", () => {
    const found = staffCandidates(school());
    const flagged = rowsOf(found).filter((row) => (row[17] as number) > 1);
    expect(flagged.map((row) => row[0])).toContain(7);
    expect(flagged.every((row) => (row[0] as number) <= 7)).toBe(true);
    const [finding] = rowsOf(found)
      .filter((row) => row[0] === 7)
      .map((row) => row.at(-1));
    expect(finding).toMatch(
      /^User 7 of Zion, not labelled Staff, reads as staff do: .*\(others .*\), .* times as frequent among staff\.$/,
    );
  });

  it("has no score where nobody is labelled, and finds nobody in an empty log", () => {
    const unlabelled = staffCandidates(accessLog([visit(1, 1, "a", JAVA)]));
    expect(rowsOf(unlabelled.select("user_id", "rows", "score", "finding"))).toEqual([
      [1, 1, null, null],
    ]);
    expect(staffCandidates(accessLog([])).height).toBe(0);
  });

  it("does without cohorts' dates, programs and paths, and a single user", () => {
    const [row] = rowsOf(staffCandidates(accessLog([visit(1, 1, null, { cohort_id: 28 })])));
    expect(row!.slice(0, 3)).toEqual([1, null, true]);
    expect(row!.some(Number.isNaN)).toBe(false);
  });

  it("says what it needs", () => {
    expect(() => staffCandidates(school(), { parts: 1 })).toThrow(
      "staffCandidates needs parts to be an integer of at least 2, got 1",
    );
  });

  it("shares a page out to the programs of its readers, not to readers without one", () => {
    const student = { cohort_id: 22, cohort: "Teddy", program_id: 2, program: "Java Full Stack" };
    const at = "2020-01-02 10:00:00";
    const log = accessLog([
      { at, path: "p", user_id: 1, ...student },
      { at, path: "p", user_id: 2 },
      { at, path: null, user_id: 3, ...student, program_id: 3 },
    ]);
    // All of the page's known readers are of one program: one program's worth, by hand.
    expect(staffCandidates(log).getColumn("breadth").toArray().slice(0, 2)).toEqual([1, 1]);
  });
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
  return accessLog(rows);
}

describe("staffCandidates, of strange input", () => {
  it("cuts into more parts than there are users: then every value has one of its own", () => {
    const [ratios] = likelihoodRatios([Float64Array.of(1, 2)], [true, false], 2 ** 40);
    // By hand: nobody else is in one's part, among the labelled or the others; (0 + 1) / (0 + 2^40)
    // over (0 + 1) / (1 + 2^40), and the reverse.
    expect(ratios![0]).toBeCloseTo(0, 9);
    expect(staffCandidates(school(), { parts: Number.MAX_SAFE_INTEGER }).height).toBe(47);
  });
});
