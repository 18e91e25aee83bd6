import { describe, expect, it } from "vitest";
import type { Answer } from "../../lib/report/answer";
import { answerHeading, answerMethod } from "../../lib/report/answer-parts";
import { letter } from "../../lib/report/letter";
import { singleSlide } from "../../lib/report/single-slide";
import { claimsFrom } from "../../lib/words/claim";
import { prose } from "../../lib/words/prose";

const claim = claimsFrom("count");
const answers: Answer[] = [4, 5].map((number) => ({
  number,
  question: `Question of ${number}?`,
  headline: prose`There are ${claim(`rows of ${number}`, 10 * number)}`,
  details: prose`They are *rows*.`,
  measure: prose`Counted.`,
  changes: prose`Another log.`,
  sure: prose`Very.`,
}));
const about = prose`They rest on a log.`;
const report = prose`see the report.`;

describe("letter", () => {
  it("has a subject, what it is about, each answer with its evidence, and an end, in this order", () => {
    expect(letter(answers, { about, report }).text.split("\n")).toEqual([
      "Subject: Answers to your questions about the curriculum",
      "",
      "Hello,",
      "",
      "here are the answers to your questions for the board meeting. They rest on a log.",
      "",
      "4. Question of 4?",
      "There are 40.",
      "They are *rows*.",
      "",
      "5. Question of 5?",
      "There are 50.",
      "They are *rows*.",
      "",
      "How each answer was found, what would change it and how sure it is: see the report.",
      "",
      "Kind regards",
    ]);
  });

  it("says first what the reader has to know before believing it", () => {
    const caution = prose`The data is made up.`;
    const paragraphs = letter(answers, { about, caution, report }).text.split("\n\n");
    expect(paragraphs[3]).toBe("The data is made up.");
  });

  it("keeps the claims of its answers, each where it stands", () => {
    const mail = letter(answers, { about, report });
    expect(mail.claims.map(({ value }) => value)).toEqual([40, 50]);
    expect(mail.spans.map(([from, to]) => mail.markdown.slice(from, to))).toEqual(["40", "50"]);
    expect(mail.unbound).toEqual([]);
  });
});

describe("singleSlide", () => {
  it("has a numbered line for each answer, which links to its section", () => {
    const slide = singleSlide(answers, { link: ({ number }) => `#q${number}` });
    expect(slide.markdown.split("\n")).toEqual([
      "4. **[Question of 4?](#q4)** There are 40.",
      "5. **[Question of 5?](#q5)** There are 50.",
    ]);
    expect(singleSlide(answers).markdown).toContain("4. **Question of 4?** ");
  });
});

describe("an answer's parts", () => {
  it("are the answer as a heading above its question, and how it was found", () => {
    expect(answerHeading(answers[0]!).markdown).toBe(
      "## There are 40\n\n*Question 4. Question of 4?*",
    );
    const method = answerMethod(answers[0]!, prose`More elsewhere.`);
    expect(method.text.split("\n\n")).toEqual([
      "**How it is measured.** Counted.",
      "**How sure it is.** Very.",
      "**What would change it.** Another log.",
      "More elsewhere.",
    ]);
  });
});
