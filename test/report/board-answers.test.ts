import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pl from "nodejs-polars";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { kept } from "../../lib/keep/kept";
import { prepareLogs } from "../../lib/prepare/prepare-logs";
import type { Answer } from "../../lib/report/answer";
import { boardAnswers } from "../../lib/report/board-answers";
import { type BoardEvidence, boardEvidence, type Keep } from "../../lib/report/board-evidence";
import { earlierAnswers } from "../../lib/report/earlier-answers";
import { letter } from "../../lib/report/letter";
import { singleSlide } from "../../lib/report/single-slide";
import { prose } from "../../lib/words/prose";
import { wholeLog } from "../support/whole-log";

const { logs, cohorts } = wholeLog();
const dataDir = mkdtempSync(join(tmpdir(), "curriculum-logs-board-"));

afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

const evidenceOf = (some: pl.DataFrame, options = {}): Promise<BoardEvidence> =>
  boardEvidence(prepareLogs({ logs: some, cohorts }), cohorts, options);

/** Cohorts of data science, as the table of programs has them. */
const dataScience = cohorts
  .filter(pl.col("program_id").eq(pl.lit(3)))
  .getColumn("id")
  .toArray() as number[];

const SHAPES: [string, pl.DataFrame][] = [
  ["the whole sample", logs],
  ["one cohort", logs.filter(pl.col("cohort_id").eq(pl.lit(59)))],
  ["one program", logs.filter(pl.col("cohort_id").isIn(dataScience))],
  ["three rows", logs.head(3)],
  ["no rows", logs.head(0)],
];

describe.each(SHAPES)("the board's answers about a log of %s", (name, some) => {
  let evidence: BoardEvidence;
  let answers: Answer[];

  beforeAll(async () => {
    evidence = await evidenceOf(some);
    answers = boardAnswers(evidence);
  }, 120_000);

  it("are eight, in the board's order, in whole words and without a number that is bound to nothing", () => {
    expect(answers.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    for (const { headline, details, measure, changes, sure } of answers) {
      for (const words of [headline, details, measure, changes, sure]) {
        expect(words.text).not.toBe("");
        expect(words.text).not.toMatch(
          /undefined|NaN|\bnull\b|not a number|infinity|\[object|none of none/,
        );
        expect(words.unbound).toEqual([]);
      }
      expect(headline.text).not.toMatch(/\.$/);
      expect(headline.text.length).toBeLessThanOrEqual(140);
    }
  });

  it("fit one slide and a letter, which say the same", () => {
    const slide = singleSlide(answers, { link: ({ number }) => `#question-${number}` });
    const mail = letter(answers, { about: prose`About a log.`, report: prose`see the report.` });
    expect(slide.text.split("\n")).toHaveLength(8);
    expect([...slide.unbound, ...mail.unbound]).toEqual([]);
    for (const { headline } of answers) {
      expect(slide.text).toContain(`${headline.text}.`);
      expect(mail.text).toContain(`${headline.text}.`);
    }
  });

  it("are held against earlier statements only where the log knows whom these are about", () => {
    const earlier = earlierAnswers(evidence);
    expect(earlier.columns).toEqual(["question", "statement", "holds", "found"]);
    if (name === "no rows") expect(earlier.height).toBe(0);
    // In the order of the statements: javascript-i; Darden, Ceres; 704, 268, 663 twice, 707, 757;
    // 313, the address, 111, 354.
    const expected = "yes yes no partly yes yes yes yes yes yes yes partly no";
    if (name === "the whole sample") {
      expect((earlier.getColumn("holds").toArray() as string[]).join(" ")).toBe(expected);
    }
    for (const text of earlier.getColumn("found").toArray()) {
      expect(text).not.toMatch(/undefined|NaN|null/);
    }
  });
});

describe("boardEvidence", () => {
  it("gives the same frames where they are kept", async () => {
    const [, some] = SHAPES[3]!;
    const keep: Keep = (fn) => kept(fn, { dataDir });
    const first = await evidenceOf(some);
    for (const evidence of [await evidenceOf(some, { keep }), await evidenceOf(some, { keep })]) {
      expect(Object.keys(evidence)).toEqual(Object.keys(first));
      for (const [name, frame] of Object.entries(first)) {
        expect(evidence[name as keyof BoardEvidence].toRecords(), name).toEqual(frame.toRecords());
      }
    }
  }, 60_000);

  it("counts every path as it is where asked to", async () => {
    const some = logs.filter(pl.col("cohort_id").eq(pl.lit(59)));
    const all = await evidenceOf(some, { lessons: false });
    const lessons = all.consistentLessons.getColumn("lesson").toArray();
    expect(lessons).toContain("/");
    expect(lessons).toContain("classification/scale_features_or_not.svg");
  }, 60_000);
});
