import type { Prose } from "../words/prose";

/** What one of the board's questions comes to, in words that are computed from the log. */
export interface Answer {
  /** The question's number on the board's list. */
  number: number;
  /** The question, as short as a slide has it. */
  question: string;
  /** The answer in one line, without a full stop: heading, slide, figure title. */
  headline: Prose;
  /** Two to five sentences of evidence. */
  details: Prose;
  /** How it is measured, in a sentence. */
  measure: Prose;
  /** What would change the answer, in a sentence. */
  changes: Prose;
  /** How sure it is, and why, in a sentence. */
  sure: Prose;
}
