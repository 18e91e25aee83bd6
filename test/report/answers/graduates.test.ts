import pl from "nodejs-polars";
import { expect, it } from "vitest";
import { graduatesReading } from "../../../lib/explore/graduates-reading";
import { graduatesReadingByPeriod } from "../../../lib/explore/graduates-reading-by-period";
import { graduatesAnswer } from "../../../lib/report/answers/graduates";
import { graduatesLog } from "../../support/graduates-log";
import { tableOf } from "../../support/table-of";
import { wordsOf } from "./sound-words";

const log = graduatesLog();
const same = (reading: pl.DataFrame) => reading;
const answerOf = (some: pl.DataFrame, minPages = 1, change = same) =>
  graduatesAnswer(change(graduatesReading(some)), graduatesReadingByPeriod(some), { minPages });

it("names the most read topic of each program, and what gained on class", () => {
  const { headline, details } = wordsOf(answerOf(log));
  expect(headline).toBe("Graduates read sql (Data Science) and php (PHP Full Stack) most");
  for (const part of [
    "of 4 pages after graduation, *sql* has the most, 75%",
    "2 of the 2 graduates who came back opened it",
    // sql has 1.5 times its part in class, but two thirds of its pages are one reader's.
    "has clearly more of the pages than in class",
    "one reader alone opened 66.7% of the pages of *sql*",
    "Their classes are not in the log",
  ]) {
    expect(details).toContain(part);
  }
});

const READING =
  "program topic pages users graduates graduates_share share share_in_class lift late_pages largest_reader_share";
const PERIODS = "program topic from_month pages all_pages share";

it("names a topic once that two programs read most, the next one, and who is first at last", () => {
  const reading = tableOf(
    READING,
    ["Java", "js", 60, 8, 9, 0.8, 0.6, 0.5, 1.2, 30, 0.1],
    ["Java", "sql", 40, 7, 9, 0.7, 0.4, 0.5, 0.8, 10, 0.2],
    ["PHP", "js", 30, 4, 5, 0.8, 0.75, null, null, 30, 0.3],
    ["PHP", "css", 10, 2, 5, 0.4, 0.25, null, null, 10, 0.5],
  );
  const periods = tableOf(
    PERIODS,
    ...[
      ["Java", "js", 0, 40, 60, 0.7],
      ["Java", "sql", 0, 20, 60, 0.3],
    ],
    ...[
      ["Java", "js", 12, 15, 40, 0.375],
      ["Java", "sql", 12, 25, 40, 0.625],
    ],
    ...[
      ["PHP", "js", 0, 6, 10, 0.6],
      ["PHP", "js", 12, 24, 30, 0.8],
    ],
  );
  const { headline, details } = wordsOf(graduatesAnswer(reading, periods, { minPages: 1 }));
  expect(headline).toBe("Graduates read js (Java and PHP) most, and js more than in class");
  expect(details).toBe(
    "**Java**: of 100 pages after graduation, *js* has the most, 60%, before sql with 40%; 8 of the " +
      "9 graduates who came back opened it. From month 6 on, when many may be in jobs, come 40% of " +
      "the pages. What gained most on class is *js*: 50% of the pages then and 60% now, 1.2 times as " +
      "much. From month 12 on, *sql* is first with 62.5%. **PHP**: of 40 pages after graduation, *js* " +
      "has the most, 75%, before css with 25%; 4 of the 5 graduates who came back opened it. From " +
      "month 6 on, when many may be in jobs, come 100% of the pages. Their classes are not in the " +
      "log, so it cannot tell what they read more than in class. *js* is still first from month 12 " +
      "on, with 80%.",
  );
});

it("says so where a topic has clearly more than in class", () => {
  const several = pl.lit(0.3).alias("largest_reader_share");
  const words = wordsOf(answerOf(log, 1, (reading) => reading.withColumns(several)));
  expect(words.headline).toContain(", and sql more than in class");
  expect(words.details).toContain("50% of the pages then and 75% now, 1.5 times as much");
});

it("checks its pages with those by period", () => {
  const more = pl.col("pages").add(1).alias("pages");
  expect(() => answerOf(log, 1, (reading) => reading.withColumns(more))).toThrow(
    "computed in another way",
  );
});

it("does not speak of programs with few pages", () => {
  const { details } = wordsOf(answerOf(log, 2));
  expect(details).toContain("1 program with fewer than 2 pages");
  expect(details).not.toContain("PHP");
});

it("has words for a log without graduates, of one cohort, of no program", () => {
  for (const few of [log.head(0), log.head(1), log.tail(1), log.head(5)]) {
    for (const minPages of [1, 100]) wordsOf(answerOf(few, minPages));
  }
  expect(answerOf(log.head(0)).headline.text).toBe("Hardly any graduate comes back to a lesson");
});

it("shows hostile names as text", () => {
  const { headline } = answerOf(log.withColumns(pl.lit("<b>[x](y)\u202e").alias("topic")));
  expect(headline.markdown).not.toContain("<b>[x](y)");
  expect(headline.text).toContain("\\u202e");
});
