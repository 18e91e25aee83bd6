import pl from "nodejs-polars";
import { describe, expect, it } from "vitest";
import { graduatesReading } from "../../../lib/explore/graduates-reading";
import { graduatesReadingByPeriod } from "../../../lib/explore/graduates-reading-by-period";
import { graduatesAnswer } from "../../../lib/report/answers/graduates";
import { graduatesLog } from "../../support/graduates-log";

const answerOf = (log: pl.DataFrame, minPages = 1) =>
  graduatesAnswer(graduatesReading(log), graduatesReadingByPeriod(log), { minPages });
const log = graduatesLog();

/** No number without a claim, and nothing that a board should not read. */
function expectSound(answer: ReturnType<typeof graduatesAnswer>): void {
  for (const part of ["headline", "details", "measure", "changes", "sure"] as const) {
    expect(answer[part].unbound).toEqual([]);
    expect(answer[part].text).not.toMatch(/undefined|NaN|null|Infinity|\b1 (pages|programs)\b/);
    expect(answer[part].text).not.toBe("");
  }
  expect(answer.headline.text).not.toMatch(/\.$/);
}

describe("graduatesAnswer, in words", () => {
  it("names the most read topic of each program, and what gained on class", () => {
    const answer = answerOf(log);
    expectSound(answer);
    expect(answer.headline.text).toBe(
      "Graduates read sql (Data Science) and php (PHP Full Stack) most",
    );
    expect(answer.details.text).toContain("of 4 pages after graduation, *sql* has the most, 75%");
    expect(answer.details.text).toContain("2 of the 2 graduates who came back opened it");
    // sql has 1.5 times its part in class, but two thirds of its pages are one reader's.
    expect(answer.details.text).toContain("has clearly more of the pages than in class");
    expect(answer.details.text).toContain("one reader alone opened 66.7% of the pages of *sql*");
    expect(answer.details.text).toContain("Of their classes nothing is in the log");
  });

  it("says so where a topic has clearly more than in class", () => {
    const reading = graduatesReading(log).withColumns(pl.lit(0.3).alias("largest_reader_share"));
    const answer = graduatesAnswer(reading, graduatesReadingByPeriod(log), { minPages: 1 });
    expectSound(answer);
    expect(answer.headline.text).toContain(", and sql more than in class");
    expect(answer.details.text).toContain("50% of the pages then and 75% now, 1.5 times as much");
  });

  it("checks its pages with those by period", () => {
    const reading = graduatesReading(log).withColumns(pl.col("pages").add(1).alias("pages"));
    expect(() => graduatesAnswer(reading, graduatesReadingByPeriod(log), { minPages: 1 })).toThrow(
      "computed in another way",
    );
  });

  it("does not speak of programs with few pages", () => {
    const answer = answerOf(log, 2);
    expectSound(answer);
    expect(answer.details.text).toContain("1 program with fewer than 2 pages");
    expect(answer.details.text).not.toContain("PHP");
  });

  it("has words for a log without graduates, of one cohort, of no program", () => {
    for (const few of [log.head(0), log.head(1), log.tail(1), log.head(5)]) {
      expectSound(answerOf(few));
      expectSound(answerOf(few, 100));
    }
    expect(answerOf(log.head(0)).headline.text).toBe("Hardly any graduate comes back to a lesson");
  });

  it("shows hostile names as text", () => {
    const hostile = log.withColumns(pl.lit("<b>[x](y)\u202e").alias("topic"));
    const { headline } = answerOf(hostile);
    expect(headline.markdown).not.toContain("<b>[x](y)");
    expect(headline.text).toContain("\\u202e");
  });
});
