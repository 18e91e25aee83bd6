import { describe, expect, it } from "vitest";
import { frameOf } from "../../../lib/log/frame-of";
import { leastReadAnswer } from "../../../lib/report/answers/least-read";
import { wordsOf } from "./sound-words";

type Lesson = [program: string, lesson: string, status: string, users: number, students: number];

const frame = (lessons: Lesson[]) =>
  frameOf(
    lessons.map(([program, lesson, status, users, students]) => ({
      ...{ program, lesson, status, users, students },
      ...{ topic: lesson.split("/")[0], share: users / students },
    })),
    ...(["program", "lesson", "topic", "status", "share", "users", "students"] as const),
  );

const all = frame([
  ["Data", "sql/a", "current", 5, 10],
  ["Data", "sql/b", "current", 3, 10],
  ["Java", "appendix/x", "current", 3, 100],
  ["Java", "appendix/y", "current", 4, 100],
  ["Java", "css/z", "current", 5, 100],
  ["Java", "css/full", "current", 90, 100],
  ["Java", "css/old", "retired", 3, 200],
]);

describe("leastReadAnswer", () => {
  it("names the least read current lesson of each program, the larger program first", () => {
    const { headline, details, sure } = wordsOf(leastReadAnswer(all));
    expect(headline).toBe("Least opened in class: appendix/x (Java) and sql/b (Data)");
    expect(details).toBe(
      "**Java**: of 4 current lessons, *appendix/x* is opened least, by 3 of 100 students (3%), " +
        "then *appendix/y* and *css/z*. 3 lessons are opened by fewer than 10%, 2 of them in *appendix*. " +
        "**Data**: of 2 current lessons, *sql/b* is opened least, by 3 of 10 students (30%), then *sql/a*. " +
        "Each is opened by at least 10% of the students. Listed apart: 1 lesson no longer read.",
    );
    expect(sure).toContain("Data has only 10 students");
  });

  it("has words for no lesson, one, and none that is current", () => {
    for (const few of [all.head(0), all.head(1), all.tail(1)]) wordsOf(leastReadAnswer(few));
    expect(leastReadAnswer(all.head(0)).headline.text).toBe(
      "Too little is read in class to tell the least read lesson",
    );
    expect(leastReadAnswer(all.slice(2, 1)).details.text).toContain(
      "One lesson is opened by fewer",
    );
  });
});
