import { joinProse, Prose, prose } from "../words/prose";
import type { Answer } from "./answer";

export interface LetterOptions {
  about: Prose;
  /** What the reader has to know before believing any of it. */
  caution?: Prose;
  report: Prose;
}

/**
 * The e-mail that answers the board, to be sent unchanged: greeting, what was looked at, each
 * question with its answer and evidence, and where to read more.
 */
export function letter(
  answers: readonly Answer[],
  { about, caution, report }: LetterOptions,
): Prose {
  const found = prose`How each answer was found, what would change it and how sure it is:`;
  const paragraphs = [
    prose`Subject: Answers to your questions about the curriculum`,
    prose`Hello,`,
    joinProse([prose`here are the answers to your questions for the board meeting.`, about], " "),
    ...(caution ? [caution] : []),
    ...answers.map(answerParagraph),
    joinProse([found, report], " "),
    prose`Kind regards`,
  ];
  return joinProse(paragraphs, "\n\n");
}

function answerParagraph({ number, question, headline, details }: Answer): Prose {
  const heading = new Prose(`**${number}. ${question}**\n`, `${number}. ${question}\n`);
  return joinProse([heading, headline, new Prose(".\n", ".\n"), details]);
}
