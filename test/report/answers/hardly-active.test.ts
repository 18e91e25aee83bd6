import pl from "nodejs-polars";
import { describe, expect, it } from "vitest";
import { hardlyActiveStudents } from "../../../lib/explore/class-time/hardly-active-students";
import { hardlyActiveAnswer } from "../../../lib/report/answers/hardly-active";
import { accessLog, type Request } from "../../support/access-log";
import { wordsOf } from "./sound-words";

const cohort = { cohort_id: 34, cohort: "B*b", start_date: "2020-01-01", end_date: "2020-03-31" };
const weeks = ["2020-01-01", "2020-01-22", "2020-02-12", "2020-03-04", "2020-03-31"];

function on(user_id: number, days: string[], pages: number, of: Partial<Request> = cohort) {
  return days.flatMap((day) =>
    Array.from({ length: pages }, () => ({ at: `${day} 12:00:00`, user_id, ...of })),
  );
}

const classmates = [1, 2, 3, 4, 5, 6].flatMap((user) => on(user, weeks, 8));
const answerOf = (requests: Request[]) =>
  hardlyActiveAnswer(hardlyActiveStudents(accessLog(requests)));

describe("hardlyActiveAnswer", () => {
  it("says how many hardly read, who of them left, and who stayed", () => {
    const answer = answerOf([
      ...classmates,
      ...on(7, ["2020-01-01"], 3), // half of what others read that day would be 4
      ...on(8, ["2020-01-01"], 4),
      ...on(9, ["2020-01-01", "2020-03-31"], 1),
      ...on(10, ["2020-05-01"], 2), // after class only
    ]);
    const { headline, details } = wordsOf(answer);
    expect(headline).toBe("3 students hardly read while in class; 2 of them left early");
    expect(details).toBe(
      "Of 9 students with pages in class, 3 opened less than 12.5% of their cohort's median. " +
        "Of these, 2 left early (of 2 students who did, whatever they had read); until then 1 had read at least 50% " +
        "of their cohort's median in that time. " +
        "1 was there to the end, as far as the log goes: this is user 9 of B*b, 2 pages on 2 days, " +
        "where the cohort's median is 40 pages. " +
        "1 more account of these cohorts never appears in class, only outside it (2 pages after it).",
    );
    expect(answer.details.markdown).toContain("B\\*b");
    expect(answer.headline.claims.map(({ value, checked }) => [value, checked])).toEqual([
      [3, true],
      [2, false],
    ]);
  });

  it("names those beside whom it does not count", () => {
    const dates = { start_date: "2014-02-04", end_date: "2014-02-04" };
    const staff = { cohort_id: 28, cohort: "Staff", ...dates };
    const { headline, details } = wordsOf(
      answerOf([...classmates, ...on(7, ["2020-01-01"], 1), ...on(7, ["2020-01-10"], 1, staff)]),
    );
    expect(headline).toBe("No student in class hardly reads");
    expect(details).toContain("Not counted: 1 whose rows are also labelled as Staff.");
  });

  it("says of one student what it says of several, in the singular", () => {
    const left = answerOf([...classmates, ...on(7, ["2020-01-01"], 1)]);
    expect(wordsOf(left).headline).toBe("1 student hardly read while in class and left early");
    const stayed = answerOf([...classmates, ...on(7, ["2020-03-31", "2020-01-01"], 1)]);
    expect(wordsOf(stayed).headline).toBe("1 student hardly read while in class");
  });

  it("says where requests came from once that is known", () => {
    const log = accessLog([...classmates, ...on(7, ["2020-01-01", "2020-03-31"], 1)]);
    const addresses = pl.DataFrame({ ip: ["198.18.0.1"], address_kind: ["campus"] });
    const answer = hardlyActiveAnswer(hardlyActiveStudents(log, { addresses }));
    expect(wordsOf(answer).details).toContain(
      "Most of their requests came from campus for 1 of them.",
    );
  });

  it.each([
    ["an empty log", []],
    ["three rows", on(1, ["2020-01-01", "2020-01-02", "2020-03-31"], 1)],
    ["a log without cohorts", on(1, weeks, 2, {})],
  ])("says that it cannot tell from %s", (_, requests) => {
    const { headline } = wordsOf(answerOf(requests));
    expect(headline).toBe("The log cannot tell who hardly reads while in class");
  });

  it("says that nobody does where nobody does", () => {
    const { headline, details } = wordsOf(answerOf(classmates));
    expect(headline).toBe("No student in class hardly reads");
    expect(details).toBe(
      "Of 6 students with pages in class, nobody who can be judged opened less than 12.5% of their cohort's median.",
    );
  });
});
