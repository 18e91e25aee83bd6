import pl from "nodejs-polars";
import { requireColumns } from "../log/require-columns";
import { LESS_THAN_OTHERS, MORE_THAN_OTHERS } from "./unusual-lesson-use";

/**
 * The pairs that stand out, the strongest first: by the end of the ratio's confidence interval that is
 * nearer to 1, so that a large ratio of few pages does not come first.
 *
 * @param pairs what `unusualLessonUse` gives
 * @param use `more than others` or `less than others`
 * @returns the rows of `pairs` with that use, in another order
 * @throws {RangeError} if `use` is neither
 * @throws {Error} if a column is missing or of another type
 */
export function strongestUse(pairs: pl.DataFrame, use: string): pl.DataFrame {
  if (use !== MORE_THAN_OTHERS && use !== LESS_THAN_OTHERS) {
    throw new RangeError(
      `strongestUse needs use to be "${MORE_THAN_OTHERS}" or "${LESS_THAN_OTHERS}", got "${use}"`,
    );
  }
  requireColumns("strongestUse", pairs, "use", "cohort_id", "ratio_low", "ratio_high");
  const isMore = use === MORE_THAN_OTHERS;
  const ordered = pairs.filter(pl.col("use").cast(pl.String).eq(pl.lit(use)));
  // Equal bounds keep the order of the pairs: a stable sort.
  const bounds = ordered.getColumn(isMore ? "ratio_low" : "ratio_high").toArray() as number[];
  const order = [...bounds.keys()].sort(
    (a, b) => (isMore ? bounds[b]! - bounds[a]! : bounds[a]! - bounds[b]!) || a - b,
  );
  const place = new Int32Array(order.length);
  order.forEach((row, i) => {
    place[row] = i;
  });
  return ordered.withColumns(pl.Series(PLACE, place)).sort(PLACE).drop(PLACE);
}

const PLACE = "\0place";
