import { describe, expect, it } from "vitest";
import { frameOf } from "../../../lib/log/frame-of";
import { checkClaims } from "../../../lib/notebook/claims/check-claims";
import { proseBundle } from "../../../lib/notebook/show/prose-bundle";
import type { Answer } from "../../../lib/report/answer";
import { consistentLessonsAnswer } from "../../../lib/report/answers/consistent-lessons";
import { leastReadAnswer } from "../../../lib/report/answers/least-read";
import { unusualLessonsAnswer } from "../../../lib/report/answers/unusual-lessons";
import { codeCell, notebookOf } from "../../support/notebook";

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

type Use = [program: string, cohort: string, of: string, use: string, ratio: number];
const uses = (of: "lesson" | "topic", rows: Use[]) =>
  frameOf(
    rows.map(([program, cohort, name, use, ratio], place) => ({
      ...{ program, cohort, cohort_id: place, [of]: name, use, ratio, cohorts: 3 },
      ...{ ratio_low: ratio / 2, ratio_high: 2 * ratio, pages_per_student: ratio },
      ...{ adjusted_p_value: 0.001 * (place + 1) },
    })),
    ...(["program", "cohort", of, "use", "ratio", "ratio_low", "ratio_high"] as const),
    ...(["pages_per_student", "adjusted_p_value", "cohorts", "cohort_id"] as const),
  );
const [MORE, LESS] = ["more than others", "less than others"];

describe("answers about strange names", () => {
  it.each([
    ["a class called 2021", "2021", "2021"],
    ["two classes of one name", "Evening", "Evening"],
    ["names that begin alike", `${"Evening class ".repeat(4)}A`, `${"Evening class ".repeat(4)}B`],
    ["a name of digits and marks", "1,000.5 %", "-7"],
  ])("hold for unusual lessons: %s", (_, one, other) => {
    const lessons = uses("lesson", [
      ["Java", one, "sql", MORE!, 4],
      ["Java", other, "sql", LESS!, 0.25],
      ["Java", one, "css", MORE!, 3],
      ["Java", one, "html", MORE!, 2],
    ]);
    const topics = uses("topic", [["Java", one, "sql", MORE!, 5]]);
    expect(problemsOf(unusualLessonsAnswer(lessons, topics))).toEqual([]);
    expect(problemsOf(unusualLessonsAnswer(lessons.slice(1, 1), topics))).toEqual([]);
  });

  it("hold for the least read lessons, where two programs share one", () => {
    const least = frameOf(
      [
        ["Java", "appendix/a", 3, 100],
        ["Java", "appendix/b", 4, 100],
        ["Data", "appendix/a", 1, 50],
        ["Data", "appendix/c", 2, 50],
        ["Data", "appendix/d", 2, 50],
      ].map(([program, lesson, users, students]) => ({
        ...{ program, lesson, topic: "appendix", status: "current", users, students },
        share: Number(users) / Number(students),
      })),
      ...(["program", "lesson", "topic", "status", "share", "users", "students"] as const),
    );
    expect(problemsOf(leastReadAnswer(least))).toEqual([]);
  });

  it("hold for consistent lessons, where sums mislead about the same one in two programs", () => {
    const programs = ["Java", "Data"];
    const lessons = frameOf(
      programs.flatMap((program, place) =>
        Array.from({ length: 30 }, (_, rank) => ({
          ...{ program, rank: rank + 1, topic: "a", lower_quartile_share: 0.1, median_share: 0.2 },
          ...{ cohorts: 3, cohorts_reading: 3, cohorts_in_first: 3 },
          lesson: rank === 29 ? "toc-page" : `a/${rank}`,
          rank_by_sum: rank === 29 ? 2 + place : rank + 1,
        })),
      ),
      ...(["program", "rank", "lesson", "topic", "rank_by_sum", "lower_quartile_share"] as const),
      ...(["median_share", "cohorts", "cohorts_reading", "cohorts_in_first"] as const),
    );
    const cohorts = frameOf(
      programs.flatMap((program) => [1, 2, 3].map(() => ({ program, counts: true }))),
      "program",
      "counts",
    );
    expect(problemsOf(consistentLessonsAnswer(lessons, cohorts))).toEqual([]);
  });
});
