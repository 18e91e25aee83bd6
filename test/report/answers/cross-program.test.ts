import type pl from "nodejs-polars";
import { expect, it } from "vitest";
import { crossProgramByMonth } from "../../../lib/detect/access/cross-program-by-month";
import { crossProgramDays } from "../../../lib/detect/access/cross-program-days";
import {
  crossProgramShutOff,
  earlierShutOff,
} from "../../../lib/detect/access/cross-program-shut-off";
import { crossProgramAnswer } from "../../../lib/report/answers/cross-program";
import { accessLog, type Request } from "../../support/access-log";
import { tableOf } from "../../support/table-of";
import { wordsOf } from "./sound-words";

const WEB = { cohort_id: 22, program_id: 2 };
const DATA = { cohort_id: 34, program_id: 3 };
const curricula = tableOf(
  "path curriculum",
  ["java-i", "web development"],
  ["sql/joins", "data science"],
);

/** So many pages on day `n` from October 1, 2019. */
function pages(who: object, user_id: number, n: number, count: number, path: string): Request[] {
  const day = new Date(Date.UTC(2019, 9, n)).toISOString().slice(0, 10);
  const at = (i: number) => `${day} 10:00:${String(i).padStart(2, "0")}`;
  return Array.from({ length: count }, (_, i) => ({ ...who, user_id, path, at: at(i) }));
}

// A hundred days of own pages; web students read two pages of data science on days that are open.
const logOf = (isOpen: (n: number) => boolean, others: Request[] = [], last = 100) =>
  accessLog([
    ...Array.from({ length: last }, (_, i) => i + 1).flatMap((n) => [
      ...pages(WEB, 1, n, 8, "java-i"),
      ...pages(DATA, 2, n, 4, "sql/joins"),
      ...(isOpen(n) ? pages(WEB, 1, n, 2, "sql/joins") : []),
    ]),
    ...others,
  ]);

function answerOf(log: pl.DataFrame, year?: number) {
  const shutOffs = crossProgramShutOff(log, curricula);
  const earlier = earlierShutOff(log, curricula, shutOffs);
  const byMonth = crossProgramByMonth(log, curricula);
  const days = crossProgramDays(log, { curricula });
  const answer = crossProgramAnswer(byMonth, shutOffs, { year, earlier, days });
  return { ...wordsOf(answer), claims: answer.details.claims };
}

it("says when it stopped, how much before and after, and that it had not stopped before", () => {
  // Fifty days of two pages; after them one of somebody else's.
  const answer = answerOf(logOf((n) => n <= 50, pages(DATA, 3, 60, 1, "java-i")));
  expect(answer.headline).toBe(
    "Yes: it stopped by November 20, 2019; until then 1 student had read the other program's lessons",
  );
  for (const part of [
    "1 student opened 100 pages of the other program",
    "142.86 in 1,000", // 100 of 50 * 14
    "1 page of 1 student, never more on a day than",
    "Data science students read only from October 2019 on",
    "an earlier end of it, after which it began again, is not found",
  ]) {
    expect(answer.details).toContain(part);
  }
  const what = "pages of the other program before";
  expect(answer.claims.find(({ checked }) => checked)).toMatchObject({ value: 100, what });
});

it("says so where it was shut off in another year, and where nothing is left", () => {
  const { headline, details } = answerOf(
    logOf((n) => n <= 50),
    2018,
  );
  expect(headline).toMatch(/^Not in 2018: it stopped by November 20, 2019/);
  expect(details).toContain("Not a single page of the other program has been opened since.");
});

it("tells an earlier end, after which it began again", () => {
  // Open for 70 days, closed for 70, open for 70 at twice the pages, closed for 140.
  const again = Array.from({ length: 70 }, (_, i) => pages(WEB, 1, 141 + i, 4, "sql/joins"));
  const { details } = answerOf(logOf((n) => n <= 70, again.flat(), 350));
  expect(details).toMatch(/It had fallen before: from .* to 0 in 1,000 by December 10, 2019\./);
});

it("says no where it never stopped, where nobody read, and of a log without rows", () => {
  const never = answerOf(logOf(() => true));
  expect(never.headline).toBe("No, no end of reading the other program's lessons is found");
  expect(never.details).toContain("200 pages of the other program");
  const web = answerOf(accessLog(pages(WEB, 1, 1, 8, "java-i")));
  expect(web.details).toContain("The log has no data science students.");
  expect(answerOf(accessLog([])).details).toContain("No page of the log");
});
