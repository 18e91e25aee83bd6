import type pl from "nodejs-polars";
import { lessonPages } from "../../lib/explore/lessons/lesson-pages";
import { accessLog, type Request } from "../support/access-log";

/** A class: its id, and page views of each student by lesson. */
export interface ClassPlan {
  id: number;
  program?: string;
  start?: string;
  end?: string;
  students: Record<string, number>[];
}

/** Lesson pages of classes in which each student opens lessons as often as planned, on day one. */
export function lessonTraffic(classes: readonly ClassPlan[], more: Request[] = []): pl.DataFrame {
  const requests = classes.flatMap(
    ({ id, program = "Data Science", start = "2020-01-06", end = "2020-01-31", students }) =>
      students.flatMap((pages, student) =>
        Object.entries(pages).flatMap(([path, count]) =>
          Array.from({ length: count }, (_, i) => ({
            at: `${i % 2 === 0 ? start : end} 09:00:00`,
            path,
            user_id: 100 * id + student,
            cohort_id: id,
            cohort: `Class ${id}`,
            start_date: start,
            end_date: end,
            program,
          })),
        ),
      ),
  );
  return lessonPages(accessLog([...requests, ...more]), { minReaders: 1 });
}
