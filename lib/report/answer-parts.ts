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
    joinProse([prose`**How it is measured.**`, measure], " "),
    joinProse([prose`**How sure it is.**`, sure], " "),
    joinProse([prose`**What would change it.**`, changes], " "),
  ];
  return joinProse([...paragraphs, more], "\n\n");
}
