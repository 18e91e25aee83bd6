import pl from "nodejs-polars";
import { expect, it } from "vitest";
import { crossProgramByMonth } from "../../../lib/detect/access/cross-program-by-month";
import { crossProgramDays } from "../../../lib/detect/access/cross-program-days";
import {
  crossProgramShutOff,
  earlierShutOff,
} from "../../../lib/detect/access/cross-program-shut-off";
import { shutOffBreaks, shutOffReaders } from "../../../lib/detect/access/shut-off-readers";
import { crossProgramAnswer } from "../../../lib/report/answers/cross-program";
import { accessLog, type Request } from "../../support/access-log";
import { tableOf } from "../../support/table-of";
import { wordsOf } from "./sound-words";

const WEB = { cohort_id: 22, cohort: "Teddy", program_id: 2 };
const DATA = { cohort_id: 34, program_id: 3 };
const curricula = tableOf(
  "path curriculum",
  ["java-i", "web development"],
  ["sql/joins", "data science"],
);

const day = (text: string) => pl.Series("day", [new Date(text)], pl.Date);
const BREAKS = pl.DataFrame({ from: day("2019-12-02"), to: day("2019-12-06") });

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
  const readers = shutOffReaders(log, curricula, shutOffs);
  const breaks = shutOffBreaks(log, curricula, shutOffs, BREAKS);
  const answer = crossProgramAnswer(byMonth, shutOffs, { year, earlier, days, readers, breaks });
  return { ...wordsOf(answer), claims: answer.details.claims };
}

it("says when it stopped, how much before and after, and that it had not stopped before", () => {
  // Fifty days of two pages; after them one of somebody else's.
  const answer = answerOf(logOf((n) => n <= 50, pages(DATA, 3, 60, 1, "java-i")));
  expect(answer.headline).toBe(
    "Perhaps: from November 20, 2019 on students hardly read the other program's lessons, too few of the same students to say more",
  );
  for (const part of [
    "From October 1, 2019 until then, 142.86 in 1,000", // 100 of 50 * 14
    "the last at 2019-11-19 10:00:01; from then until January 8, 2020 it is 1.66 in 1,000", // 1 of 601
    "1 of 2 students with pages enough on both sides read less of the other program, none more",
    "Of 1 cohort with five such pages or more before, 1 fell.",
    "1 student opened 100 pages of the other program",
    "1 page of 1 student, never more on a day than",
    "Data science students read only from October 2019 on",
    "an earlier end of it, after which it began again, is not found",
  ]) {
    expect(answer.details).toContain(part);
  }
  // One of one.
  expect(answer.sure).toMatch(
    /^That the same students read less: not very; .* a probability of 1,/,
  );
  expect(answer.sure).toContain("How often weeks fall so by chance cannot be computed");
  const what = "pages of the other program before";
  expect(answer.claims.find(({ checked }) => checked)).toMatchObject({ value: 100, what });
});

it("says how many of the same students read less, and what was read in the break", () => {
  // Twelve students of six cohorts besides, of whom the last reads on as before.
  const others = Array.from({ length: 12 }, (_, i) => i).flatMap((i) =>
    Array.from({ length: 120 }, (_, day) => day + 1).flatMap((n) => {
      const who = { ...WEB, cohort_id: 22 + (i % 6), cohort: `Cohort ${i % 6}` };
      return [
        ...pages(who, 100 + i, n, 3, "java-i"),
        ...(n <= 60 || i === 11 ? pages(who, 100 + i, n, 1, "sql/joins") : []),
      ];
    }),
  );
  const answer = answerOf(logOf((n) => n <= 60, others, 120));
  expect(answer.headline).toBe(
    "Yes, it looks so: from November 30, 2019 on 12 of 14 students read less of the other program's lessons than before, none more",
  );
  expect(answer.details).toContain("Of 7 cohorts with five such pages or more before, 7 fell.");
  // Five days on which 13 students read 8 + 4 + 12 * 3 + 1 = 49; before, 14 of 62 were the other's.
  expect(answer.details).toContain(
    "In the break from December 2, 2019 to December 6, 2019 students opened 245 pages; at the rate before some 55.3 would have been the other program's, and 5 were.",
  );
  // Twelve of twelve: 2 / 2 ** 12. Seven of seven cohorts: 2 / 2 ** 7.
  expect(answer.sure).toMatch(
    /^That the same students read less: very; .* of 0.00049, .* of 0.016 by/,
  );
});

it("says so where it was shut off in another year, and where nothing is left", () => {
  const { headline, details } = answerOf(
    logOf((n) => n <= 50),
    2018,
  );
  expect(headline).toMatch(/^Not in 2018: from November 20, 2019 on students hardly read/);
  expect(details).toContain("Not a single page of the other program has been opened since.");
});

it("tells an earlier end, after which it began again", () => {
  // Open for 70 days, closed for 70, open for 70 at twice the pages, closed for 140.
  const again = Array.from({ length: 70 }, (_, i) => pages(WEB, 1, 141 + i, 4, "sql/joins"));
  const { details } = answerOf(logOf((n) => n <= 70, again.flat(), 350));
  expect(details).toMatch(
    /It had fallen before and began again: from 142.86 in 1,000 to 0 in 1,000 on December 10, 2019\./,
  );
});

it("says no where it never stopped, where nobody read, and of a log without rows", () => {
  const never = answerOf(logOf(() => true));
  expect(never.headline).toBe("No, no end of reading the other program's lessons is found");
  expect(never.details).toContain("200 pages of the other program");
  const web = answerOf(accessLog(pages(WEB, 1, 1, 8, "java-i")));
  expect(web.details).toContain("The log has no data science students.");
  expect(answerOf(accessLog([])).details).toContain("No page of the log");
});
