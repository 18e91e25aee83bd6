import { joinProse, Prose, prose } from "../words/prose";
import type { Answer } from "./answer";

export interface SingleSlideOptions {
  /** The address of an answer's section. */
  link?: (answer: Answer) => string;
}

/** The board's questions and their answers, one line each, as a numbered list for one slide. */
export function singleSlide(answers: readonly Answer[], { link }: SingleSlideOptions = {}): Prose {
  const lines = answers.map((answer) => {
    const question = link ? `[${answer.question}](${link(answer)})` : answer.question;
    const { number } = answer;
    const mark = new Prose(`${number}. **${question}** `, `${number}. ${answer.question} `);
    return joinProse([mark, answer.headline, prose`.`]);
  });
  return joinProse(lines, "\n");
}
