import pl from "nodejs-polars";
import type { Row } from "../../log/first-row";
import { numbers } from "../../log/typed-arrays";
import { above, where } from "../../log/where";

/** Adds `finding`: a sentence about each row whose `score` is above 1, null for all others. */
export function withFindings(scored: pl.DataFrame, sentence: (row: Row) => string): pl.DataFrame {
  const flagged = where(scored, { score: above(1) }).toRecords();
  let next = 0;
  const findings = Array.from(numbers(scored, "score"), (score) =>
    score > 1 ? sentence(flagged[next++]!) : null,
  );
  return scored.withColumns(pl.Series("finding", findings, pl.String));
}
