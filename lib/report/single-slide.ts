import { joinProse, Prose, prose } from "../words/prose";
import type { Answer } from "./answer";

export interface SingleSlideOptions {
  /** The address of an answer's section; without, questions link nowhere. */
  link?: (answer: Answer) => string;
}

/**
 * The board's questions and their answers, one line each: a numbered list that fits one slide.
 *
 * @param answers in the order of the board's list
 */
export function singleSlide(answers: readonly Answer[], { link }: SingleSlideOptions = {}): Prose {
  const lines = answers.map((answer) => {
    const question = link ? `[${answer.question}](${link(answer)})` : answer.question;
    // The question's number is its place on the board's list, and no claim about the log.
    const { number } = answer;
    const mark = new Prose(`${number}. **${question}** `, `${number}. ${answer.question} `);
    return joinProse([mark, answer.headline, prose`.`]);
  });
  return joinProse(lines, "\n");
}
