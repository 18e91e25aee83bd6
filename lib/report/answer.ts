import type { Prose } from "../words/prose";

/**
 * The answer to one of the board's questions, in words computed from the log. Functions that give one
 * throw an `Error` if a frame lacks a column that is mentioned.
 */
export interface Answer {
  number: number;
  question: string;
  /** One line without a full stop: heading, slide, figure title. */
  headline: Prose;
  /** Two to five sentences of evidence. */
  details: Prose;
  measure: Prose;
  changes: Prose;
  sure: Prose;
}
