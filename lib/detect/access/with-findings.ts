import pl from "nodejs-polars";
import type { Row } from "../../log/first-row";
import { above, where } from "../../log/where";

/** Adds `score`, and `finding`: a sentence about each row whose score is above 1, else null. */
export function withFindings(
  frame: pl.DataFrame,
  score: Float64Array,
  sentence: (row: Row, place: number) => string,
): pl.DataFrame {
  const scored = frame.withColumns(pl.Series("score", score));
  const flagged = where(scored, { score: above(1) }).toRecords();
  let next = 0;
  const findings = Array.from(score, (own, place) =>
    own > 1 ? sentence(flagged[next++]!, place) : null,
  );
  return scored.withColumns(pl.Series("finding", findings, pl.String));
}
