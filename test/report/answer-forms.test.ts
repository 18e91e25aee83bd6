import { expect, it } from "vitest";
import type { Answer } from "../../lib/report/answer";
import { answerHeading, answerMethod, letter, singleSlide } from "../../lib/report/answer-forms";
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

it("a letter has a subject, a caution first, each answer with its evidence and claims, and an end", () => {
  const mail = letter(answers, { about, report });
  expect(mail.text.split("\n\n")).toEqual([
    "Subject: Answers to your questions about the curriculum",
    "Hello,",
    "here are the answers to your questions for the board meeting. They rest on a log.",
    "4. Question of 4?\nThere are 40.\nThey are *rows*.",
    "5. Question of 5?\nThere are 50.\nThey are *rows*.",
    "How each answer was found, what would change it and how sure it is: see the report.",
    "Kind regards",
  ]);
  const caution = prose`The data is made up.`;
  expect(letter(answers, { about, caution, report }).text.split("\n\n")[3]).toBe(caution.text);
  expect(mail.claims.map(({ value }) => value)).toEqual([40, 50]);
  expect(mail.spans.map(([from, to]) => mail.markdown.slice(from, to))).toEqual(["40", "50"]);
  expect(mail.unbound).toEqual([]);
});

it("the single slide has a numbered line for each answer, which links to its section", () => {
  const slide = singleSlide(answers, { link: ({ number }) => `#q${number}` });
  expect(slide.markdown.split("\n")).toEqual([
    "4. **[Question of 4?](#q4)** There are 40.",
    "5. **[Question of 5?](#q5)** There are 50.",
  ]);
  expect(singleSlide(answers).markdown).toContain("4. **Question of 4?** ");
});

it("an answer's parts are the answer as a heading above its question, and how it was found", () => {
  const [answer] = answers as [Answer];
  expect(answerHeading(answer).markdown).toBe("## There are 40\n\n*Question 4. Question of 4?*");
  expect(answerMethod(answer, prose`More elsewhere.`).text.split("\n\n")).toEqual([
    "**How it is measured.** Counted.",
    "**How sure it is.** Very.",
    "**What would change it.** Another log.",
    "More elsewhere.",
  ]);
});
