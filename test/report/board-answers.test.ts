import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pl from "nodejs-polars";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { kept } from "../../lib/keep/kept";
import { prepareLogs } from "../../lib/prepare/prepare-logs";
import type { Answer } from "../../lib/report/answer";
import { letter, singleSlide } from "../../lib/report/answer-forms";
import { boardAnswers } from "../../lib/report/board-answers";
import { type BoardEvidence, boardEvidence, type Keep } from "../../lib/report/board-evidence";
import { earlierAnswers } from "../../lib/report/earlier-answers";
import { prose } from "../../lib/words/prose";
import { wholeLog } from "../support/whole-log";
import { wordsOf } from "./answers/sound-words";

const { logs, cohorts } = wholeLog();
const dataDir = mkdtempSync(join(tmpdir(), "curriculum-logs-board-"));

afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

const evidenceOf = (some: pl.DataFrame, options = {}): Promise<BoardEvidence> =>
  boardEvidence(prepareLogs({ logs: some, cohorts }), cohorts, options);

/** Cohorts of data science, as the table of programs has them. */
const dataScience = cohorts.filter(pl.col("program_id").eq(pl.lit(3))).getColumn("id");
const one = logs.filter(pl.col("cohort_id").eq(pl.lit(59)));
const three = logs.head(3);
const SHAPES: [string, pl.DataFrame][] = [
  ["the whole sample", logs],
  ["one cohort", one],
  ["one program", logs.filter(pl.col("cohort_id").isIn(dataScience.toArray() as number[]))],
  ["three rows", three],
  ["no rows", logs.head(0)],
];

describe.each(SHAPES)("the board's answers about a log of %s", (name, some) => {
  let evidence: BoardEvidence;
  let answers: Answer[];

  beforeAll(async () => {
    evidence = await evidenceOf(some);
    answers = boardAnswers(evidence);
  }, 120_000);

  it("are eight, in the board's order, in sound words, and fit one slide and a letter", () => {
    expect(answers.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    const slide = singleSlide(answers, { link: ({ number }) => `#question-${number}` });
    const mail = letter(answers, { about: prose`About a log.`, report: prose`see the report.` });
    expect(slide.text.split("\n")).toHaveLength(8);
    expect([...slide.unbound, ...mail.unbound]).toEqual([]);
    for (const { headline } of answers.map(wordsOf)) {
      expect(slide.text).toContain(`${headline}.`);
      expect(mail.text).toContain(`${headline}.`);
    }
  });

  it("are held against earlier statements only where the log knows whom these are about", () => {
    const earlier = earlierAnswers(evidence);
    expect(earlier.columns).toEqual(["question", "statement", "holds", "found"]);
    const holds = earlier.getColumn("holds").toArray().join(" ");
    if (name === "no rows") expect(holds).toBe("");
    // In the order of the statements: javascript-i; Darden, Ceres; 704, 268, 663 twice, 707, 757;
    // 313, the address, 111, 354.
    const expected = "yes partly no partly yes yes yes yes yes yes yes partly no";
    if (name === "the whole sample") expect(holds).toBe(expected);
    for (const text of earlier.getColumn("found").toArray()) {
      expect(text).not.toMatch(/undefined|NaN|null/);
    }
  });
});

describe("boardEvidence", () => {
  it("gives the same frames where they are kept", async () => {
    const keep: Keep = (fn) => kept(fn, { dataDir });
    const first = await evidenceOf(three);
    for (const evidence of [await evidenceOf(three, { keep }), await evidenceOf(three, { keep })]) {
      expect(Object.keys(evidence)).toEqual(Object.keys(first));
      for (const [name, frame] of Object.entries(first)) {
        expect(evidence[name as keyof BoardEvidence].toRecords(), name).toEqual(frame.toRecords());
      }
    }
  }, 60_000);

  it("counts every path as it is where asked to", async () => {
    const { consistentLessons } = await evidenceOf(one, { lessons: false });
    const lessons = consistentLessons.getColumn("lesson").toArray();
    expect(lessons).toContain("/");
    expect(lessons).toContain("classification/scale_features_or_not.svg");
  }, 60_000);
});
