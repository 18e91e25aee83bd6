import pl from "nodejs-polars";
import { frameOf } from "../../log/frame-of";
import { requireColumns, requireValues } from "../../log/require-columns";
import { int32, numbers } from "../../log/typed-arrays";

/**
 * Where detectors agree: for each pair, the user-days that both flag, of those that
 * either flags ([Jaccard index](https://en.wikipedia.org/wiki/Jaccard_index)). Two that
 * agree everywhere say the same thing twice; two that never do look at different things.
 *
 * @param scores `detector`, `user_id`, `date`, `score`: what `detectorScores` gives
 * @returns `detector`, `other` (String), `flags` (Int64: of `detector`), `both` (Int64),
 *   `agreement` (Float64, null where neither flags anything): every pair both ways and
 *   each with itself, in the order of `scores`
 * @throws {Error} if a column is missing or of another type, or a row names no detector, user or day
 */
export function detectorAgreement(scores: pl.DataFrame): pl.DataFrame {
  requireColumns("detectorAgreement", scores, "detector", "user_id", "date", "score");
  requireValues("detectorAgreement", scores, ["detector", "user_id", "date"]);
  const names = [...new Set(scores.getColumn("detector").toArray() as string[])];
  const flagged = scores.filter(pl.col("score").gt(pl.lit(1)));
  const flags = names.map((name) => flaggedDays(flagged, name));
  const rows = names.flatMap((detector, a) =>
    names.map((other, b) => {
      const both = [...flags[a]!].filter((day) => flags[b]!.has(day)).length;
      const either = flags[a]!.size + flags[b]!.size - both;
      return {
        detector: detector,
        other: other,
        flags: flags[a]!.size,
        both: both,
        agreement: either > 0 ? both / either : null,
      };
    }),
  );
  return frameOf(rows, "detector", "other", "flags", "both", "agreement");
}

/** User and day as one number each: days fit in 20 bits. */
function flaggedDays(flagged: pl.DataFrame, detector: string): Set<number> {
  const own = flagged.filter(pl.col("detector").eq(pl.lit(detector)));
  const days = int32(own, "date");
  return new Set(Array.from(numbers(own, "user_id"), (user, row) => user * 2 ** 20 + days[row]!));
}
