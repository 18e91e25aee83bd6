import pl from "nodejs-polars";
import { expect, it } from "vitest";
import { hardlyActiveStudents } from "../../../lib/explore/class-time/hardly-active-students";
import { hardlyActiveAnswer } from "../../../lib/report/answers/hardly-active";
import { accessLog, type Request } from "../../support/access-log";
import { wordsOf } from "./sound-words";

const cohort = { cohort_id: 34, cohort: "B*b", start_date: "2020-01-01", end_date: "2020-03-31" };
const weeks = ["2020-01-01", "2020-01-22", "2020-02-12", "2020-03-04", "2020-03-31"];
const [first, , , , last] = weeks as [string, string, string, string, string];

/** As many pages of a user on each of the days. */
const on = (user_id: number, days: string[], pages: number, of: Partial<Request> = cohort) =>
  days.flatMap((day) => Array(pages).fill({ at: `${day} 12:00:00`, user_id, ...of }));

const classmates = [1, 2, 3, 4, 5, 6].flatMap((user) => on(user, weeks, 8));
const answerOf = (requests: Request[], options = {}) =>
  hardlyActiveAnswer(hardlyActiveStudents(accessLog(requests), options));

it("says how many hardly read, who of them left, and who stayed", () => {
  const answer = answerOf([
    ...classmates,
    ...on(7, [first], 3), // half of what others read that day would be 4
    ...on(8, [first], 4),
    ...on(9, [first, last], 1),
    ...on(10, ["2020-05-01"], 2), // after class only
  ]);
  const { headline, details } = wordsOf(answer);
  expect(headline).toBe("3 students hardly read while in class; 2 of them left early");
  expect(details).toBe(
    "Of 9 students with pages in class, 3 opened less than 12.5% of their cohort's median. " +
      // R 4.2.2: prop.test(3, 9, correct = FALSE)$conf.int. Six of nine have 40 pages: no spread.
      "That is 33.3% (95% interval 12.1% to 64.6%). " +
      "Of these, 2 left early (of 2 students who did, whatever they had read); until then 1 had read at least 50% " +
      "of their cohort's median in that time. " +
      "1 was there to the end, as far as the log goes: this is user 9 of B*b, 2 pages on 2 days, " +
      "where the cohort's median is 40 pages. " +
      "The cut lies in a gap: the highest below it has 10% and the next 100%; there are 2 below 10%, 3 below 15% and 3 below 20%. " +
      "1 more account of these cohorts never appears in class, only outside it (2 pages after it).",
  );
  expect(answer.details.markdown).toContain("B\\*b");
  const claims = answer.headline.claims.map(({ value, checked }) => [value, checked]);
  expect(claims.flat()).toEqual([3, true, 2, false]);
});

it("says where others are near the cut, and who lies far below the median on the log scale", () => {
  const { details } = wordsOf(
    answerOf([
      ...[10, 11, 12, 13, 14, 15, 16].flatMap((pages, i) => on(i + 1, weeks, pages)),
      ...on(8, [first], 7), // of 60 pages, the median of these nine: 11.7%
      ...on(9, [first], 8), // 13.3%
    ]),
  );
  // R 4.2.2: x <- c(50, 55, 60, 65, 70, 75, 80, 7, 8); (log(7) - median(log(x))) / mad(log(x)) is
  // -7.9480; prop.test(1, 9, correct = FALSE)$conf.int
  expect(details).toContain(
    "1 opened less than 12.5% of their cohort's median. That is 11.1% (95% interval 2% to 43.5%); on the " +
      "logarithmic scale 1 of them lies more than 3 robust standard deviations below it.",
  );
  expect(details).toContain(
    "The cut lies in no gap, so that who is near it may as well be on its other side: the highest below " +
      "it has 11.7% and the next 13.3%; there are 0 below 10%, 2 below 15% and 2 below 20%.",
  );
});

it("names those beside whom it does not count", () => {
  const dates = { start_date: "2014-02-04", end_date: "2014-02-04" };
  const staff = { cohort_id: 28, cohort: "Staff", ...dates };
  const requests = [...classmates, ...on(7, [first], 1), ...on(7, ["2020-01-10"], 1, staff)];
  const { headline, details } = wordsOf(answerOf(requests));
  expect(headline).toBe("No student in class hardly reads");
  expect(details).toContain("Not counted: 1 whose rows are also labelled as Staff.");
});

it("says where requests came from once that is known", () => {
  const requests = [...classmates, ...on(7, [first, last], 1)];
  const addresses = pl.DataFrame({ ip: ["198.18.0.1"], address_kind: ["campus"] });
  const { details } = wordsOf(answerOf(requests, { addresses }));
  expect(details).toContain("Most of their requests came from campus for 1 of them.");
});

const CANNOT_TELL = "The log cannot tell who hardly reads while in class";

it.each<[string, Request[], string]>([
  ["an empty log", [], CANNOT_TELL],
  ["three rows", on(1, [first, "2020-01-02", last], 1), CANNOT_TELL],
  ["a log without cohorts", on(1, weeks, 2, {}), CANNOT_TELL],
  [
    "one who left",
    [...classmates, ...on(7, [first], 1)],
    "1 student hardly read while in class and left early",
  ],
  [
    "one who stayed",
    [...classmates, ...on(7, [last, first], 1)],
    "1 student hardly read while in class",
  ],
  ["a class that reads", classmates, "No student in class hardly reads"],
])("has a headline about %s", (name, requests, said) => {
  const { headline, details } = wordsOf(answerOf(requests));
  expect(headline).toBe(said);
  if (name !== "a class that reads") return;
  expect(details).toBe(
    "Of 6 students with pages in class, nobody who can be judged opened less than 12.5% of their cohort's median.",
  );
});
