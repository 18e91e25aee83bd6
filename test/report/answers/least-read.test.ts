import { expect, it } from "vitest";
import { leastReadAnswer } from "../../../lib/report/answers/least-read";
import { tableOf } from "../../support/table-of";
import { wordsOf } from "./sound-words";

const all = tableOf(
  "program topic lesson status users students cohorts share",
  ["Data", "sql", "sql/a", "current", 5, 10, 2, 0.5],
  ["Data", "sql", "sql/b", "current", 3, 10, 2, 0.3],
  ["Java", "appendix", "appendix/x", "current", 3, 100, 2, 0.03],
  ["Java", "appendix", "appendix/y", "current", 4, 100, 2, 0.04],
  ["Java", "css", "css/z", "current", 5, 100, 2, 0.05],
  ["Java", "css", "css/full", "current", 90, 100, 2, 0.9],
  ["Java", "css", "css/old", "retired", 3, 200, 2, 0.015],
);

it("leastReadAnswer names the least read current lesson of each program, the larger first", () => {
  const { headline, details, sure } = wordsOf(leastReadAnswer(all));
  expect(headline).toBe("Least opened in class: appendix/x (Java) and sql/b (Data)");
  expect(details).toBe(
    "**Java**: of 4 current lessons, *appendix/x* is opened least, by 3 of 100 students of 2 cohorts (3%), " +
      "then *appendix/y* and *css/z*. 3 lessons are opened by fewer than 10%, 2 of them in *appendix*. " +
      "**Data**: of 2 current lessons, *sql/b* is opened least, by 3 of 10 students of 2 cohorts (30%), then *sql/a*. " +
      "Each is opened by at least 10% of them. Listed apart: 1 lesson no longer read.",
  );
  expect(sure).toContain("Data has only 10 students");
});

it("leastReadAnswer has words for no lesson, for one, and for lessons of the past alone", () => {
  for (const few of [all.head(1), all.tail(1)]) wordsOf(leastReadAnswer(few));
  expect(wordsOf(leastReadAnswer(all.head(0))).headline).toBe(
    "Too little is read in class to tell the least read lesson",
  );
  const { details } = wordsOf(leastReadAnswer(all.slice(2, 1)));
  expect(details).toContain("One lesson is opened by fewer");
});
