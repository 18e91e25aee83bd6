import { joinProse, Prose, prose } from "../words/prose";
import type { Answer } from "./answer";

/** An answer as a heading, with its question below. */
export function answerHeading({ number, question, headline }: Answer): Prose {
  // The number is the place on the board's list, and no claim about the log.
  const asked = `Question ${number}. ${question}`;
  return joinProse([new Prose("## ", ""), headline, new Prose(`\n\n*${asked}*`, `\n${asked}`)]);
}

/** How an answer was found, how sure it is, and where to read more. */
export function answerMethod({ measure, sure, changes }: Answer, more: Prose): Prose {
  const paragraphs = [
    prose`**How it is measured.** ${measure}`,
    prose`**How sure it is.** ${sure}`,
    prose`**What would change it.** ${changes}`,
  ];
  return joinProse([...paragraphs, more], "\n\n");
}

export interface SingleSlideOptions {
  /** The address of an answer's section. */
  link?: (answer: Answer) => string;
}

/** The board's questions and their answers, one line each, as a numbered list for one slide. */
export function singleSlide(answers: readonly Answer[], { link }: SingleSlideOptions = {}): Prose {
  const lines = answers.map((answer) => {
    const { number, question, headline } = answer;
    const linked = link ? `[${question}](${link(answer)})` : question;
    const mark = new Prose(`${number}. **${linked}** `, `${number}. ${question} `);
    return joinProse([mark, headline, prose`.`]);
  });
  return joinProse(lines, "\n");
}

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
  const paragraphs = [
    prose`Subject: Answers to your questions about the curriculum`,
    prose`Hello,`,
    prose`here are the answers to your questions for the board meeting. ${about}`,
    ...(caution ? [caution] : []),
    ...answers.map(({ number, question, headline, details }) => {
      const heading = new Prose(`**${number}. ${question}**\n`, `${number}. ${question}\n`);
      return joinProse([heading, headline, new Prose(".\n", ".\n"), details]);
    }),
    prose`How each answer was found, what would change it and how sure it is: ${report}`,
    prose`Kind regards`,
  ];
  return joinProse(paragraphs, "\n\n");
}
