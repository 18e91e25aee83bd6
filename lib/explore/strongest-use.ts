import pl from "nodejs-polars";
import { requireColumns } from "../log/require-columns";
import { requireOneOf } from "../stats/require-option";
import { LESS_THAN_OTHERS, MORE_THAN_OTHERS } from "./unusual-lesson-use";

/**
 * The pairs of a use, the strongest first: by the bound of the ratio's interval nearer to 1.
 * @param pairs what `unusualLessonUse` gives
 * @param use `more than others` or `less than others`
 * @returns the rows of `pairs` with that use; equal ones keep their order
 * @throws if `use` is neither, or a column is missing or of another type
 */
export function strongestUse(pairs: pl.DataFrame, use: string): pl.DataFrame {
  requireOneOf("strongestUse", { use }, [MORE_THAN_OTHERS, LESS_THAN_OTHERS]);
  requireColumns("strongestUse", pairs, "use", "cohort_id", "ratio_low", "ratio_high");
  const isMore = use === MORE_THAN_OTHERS;
  const bound = pl.col(isMore ? "ratio_low" : "ratio_high").cast(pl.Float64);
  return pairs
    .filter(pl.col("use").cast(pl.String).eq(pl.lit(use)))
    .withRowIndex(PLACE)
    .sort([bound.mul(pl.lit(isMore ? -1 : 1)), pl.col(PLACE)])
    .drop(PLACE);
}

const PLACE = "\0place";
