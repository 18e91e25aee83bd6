import type pl from "nodejs-polars";
import { frameOf } from "../../log/frame-of";
import { numbers } from "../../log/typed-arrays";
import { typedColumns } from "../../log/typed-columns";
import { type RankingQualityOptions, rankingQuality } from "../../stats/ranking-quality";
import { requireInteger } from "../../stats/require-option";

/**
 * How well the habits of `staffCandidates` put those labelled Staff before all others, each judged
 * without their own label. Staff without a label count as errors: with all labels it may be better.
 * @param candidates what `staffCandidates` gives
 * @returns by `measure` (area under the ROC curve, average precision): `value`, 95 % interval from
 *   `low` to `high`, `by_chance` (of an order by chance); no row where nobody or everybody is
 *   labelled
 * @throws {RangeError} if `samples` or `seed` is not an integer above 0
 * @throws {Error} if a column is missing or of another type
 * @example
 * staffRanking(staffCandidates(accessLog)).toRecords();
 */
export function staffRanking(
  candidates: pl.DataFrame,
  { samples = 1000, seed = 1 }: RankingQualityOptions = {},
): pl.DataFrame {
  requireInteger("staffRanking", { samples, seed });
  const users = typedColumns("staffRanking", candidates, "labelled", "score").dropNulls("score");
  const labelled = users.getColumn("labelled").toArray() as boolean[];
  const share = labelled.filter(Boolean).length / labelled.length;
  if (!(share > 0 && share < 1)) return frameOf([], ...COLUMNS);
  const quality = rankingQuality(numbers(users, "score"), labelled, { samples, seed });
  const rows = [
    { measure: "area under the ROC curve", of: quality.area, by_chance: 0.5 },
    { measure: "average precision", of: quality.averagePrecision, by_chance: share },
  ];
  const all = rows.map(({ of: [value, low, high], ...row }) => ({ ...row, value, low, high }));
  return frameOf(all, ...COLUMNS);
}

const COLUMNS = ["measure", "value", "low", "high", "by_chance"] as const;
