import { joinProse, Prose, prose } from "../words/prose";
import type { Answer } from "./answer";

/** An answer as a heading, with the question that it answers below. */
export function answerHeading({ number, question, headline }: Answer): Prose {
  // Which question it is stands on the board's list; it is no claim about the log.
  const asked = `Question ${number}. ${question}`;
  return joinProse([new Prose("## ", ""), headline, new Prose(`\n\n*${asked}*`, `\n${asked}`)]);
}

/** How an answer was found, how sure it is, and where to read more. */
export function answerMethod({ measure, sure, changes }: Answer, more: Prose): Prose {
  return joinProse(
    [
      joinProse([prose`**How it is measured.**`, measure], " "),
      joinProse([prose`**How sure it is.**`, sure], " "),
      joinProse([prose`**What would change it.**`, changes], " "),
      more,
    ],
    "\n\n",
  );
}
