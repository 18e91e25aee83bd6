import { expect, it } from "vitest";
import { checkClaims } from "../../../lib/notebook/claims/check-claims";
import { proseBundle } from "../../../lib/notebook/show/prose-bundle";
import type { Answer } from "../../../lib/report/answer";
import { consistentLessonsAnswer } from "../../../lib/report/answers/consistent-lessons";
import { leastReadAnswer } from "../../../lib/report/answers/least-read";
import { unusualLessonsAnswer } from "../../../lib/report/answers/unusual-lessons";
import { codeCell, notebookOf } from "../../support/notebook";
import { tableOf } from "../../support/table-of";

// Names are the school's and its visitors' to choose: a class may be called 2021, two may have one
// name or names that begin alike, and two programs may share a lesson. None of it makes a number of
// the report a wrong one, so none of it may stop the report.

function problemsOf({ headline, details, measure, changes, sure }: Answer): string[] {
  const cell = codeCell("show(answer)");
  cell.outputs = [headline, details, measure, changes, sure].map((words) => ({
    output_type: "display_data",
    ...proseBundle(words),
  }));
  const notebook = notebookOf(cell);
  notebook.metadata = { curriculum_logs: { claims: "required" } };
  return checkClaims(notebook).map(({ message }) => message);
}

type Use = [cohort: string, of: string, use: string, ratio: number];
const numbers =
  "ratio_low ratio_high share rest_share pages_per_student cohorts cohort_id is_reference";
const uses = (of: "lesson" | "topic", ...rows: Use[]) =>
  tableOf(
    `program cohort ${of} use ratio ${numbers}`,
    ...rows.map((row, place) => {
      const ratio = row[3];
      const shares = [ratio / 100, 0.01 + 0.001 * place];
      return ["Java", ...row, ratio / 2, 2 * ratio, ...shares, ratio, 9, place, place > 1];
    }),
  );
const [MORE, LESS, UNTESTED] = ["more than others", "less than others", "not tested"] as const;

it.each([
  ["a class called 2021", "2021", "2021"],
  ["two classes of one name", "Evening", "Evening"],
  ["names that begin alike", `${"Evening class ".repeat(4)}A`, `${"Evening class ".repeat(4)}B`],
  ["a name of digits and marks", "1,000.5 %", "-7"],
])("answers about unusual lessons hold for %s", (_, one, other) => {
  const others: Use[] = ["css", "html"].map((of, i) => [one, of, MORE, 3 - i]);
  const pair: Use[] = [
    [one, "sql", MORE, 4],
    [other, "sql", LESS, 0.25],
  ];
  const lessons = uses("lesson", ...pair, ...others, [other, "css", UNTESTED, 2]);
  const topics = uses("topic", [one, "sql", MORE, 5]);
  expect(problemsOf(unusualLessonsAnswer(lessons, topics))).toEqual([]);
  expect(problemsOf(unusualLessonsAnswer(lessons.slice(1, 1), topics))).toEqual([]);
});

it("answers about the least read lessons hold where two programs share one", () => {
  const least = tableOf(
    "program lesson users students share cohorts topic status",
    ...[
      ["Java", "appendix/a", 3, 100, 0.03],
      ["Java", "appendix/b", 4, 100, 0.04],
      ["Data", "appendix/a", 1, 50, 0.02],
      ["Data", "appendix/c", 2, 50, 0.04],
      ["Data", "appendix/d", 2, 50, 0.04],
    ].map((row) => [...row, 2, "appendix", "current"]),
  );
  expect(problemsOf(leastReadAnswer(least))).toEqual([]);
});

it("answers about consistent lessons hold where sums mislead about the same one in two programs", () => {
  const programs = ["Java", "Data"];
  const counts = "cohorts cohorts_reading cohorts_in_first";
  const lessons = tableOf(
    `program lesson rank rank_by_sum topic lower_quartile_share median_share ${counts}`,
    ...programs.flatMap((program, place) =>
      Array.from({ length: 30 }, (_, i) => {
        const name = i === 29 ? ["toc-page", 30, 2 + place] : [`a/${i}`, i + 1, i + 1];
        return [program, ...name, "a", 0.1, 0.2, 3, 3, 3];
      }),
    ),
  );
  const three = programs.flatMap((program) => Array(3).fill([program, true]));
  const cohorts = tableOf("program counts", ...three);
  expect(problemsOf(consistentLessonsAnswer(lessons, cohorts))).toEqual([]);
});
