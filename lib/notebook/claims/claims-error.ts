import { counted } from "../../words/format-words";
import type { ClaimProblem } from "./check-claims";

const MOST = 20;

/** Numbers of a notebook are no claims, or wrong ones. */
export class ClaimsError extends Error {
  override name = "ClaimsError";

  constructor(
    readonly notebook: string,
    readonly problems: readonly ClaimProblem[],
  ) {
    super(`${counted(problems.length, "problem")} with claims, first in cell ${problems[0]?.cell}`);
  }

  /** A line per problem: `notebooks/06-final-report.ipynb cell 5 - “2019” in prose is ...`. */
  format(): string {
    const lines = this.problems
      .slice(0, MOST)
      .map(({ cell, message }) => `${this.notebook} cell ${cell} - ${message}`);
    const more = this.problems.length - lines.length;
    return [...lines, ...(more > 0 ? [`${more} more in ${this.notebook}`] : [])].join("\n");
  }
}
