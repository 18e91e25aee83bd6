import pl from "nodejs-polars";
import type { Column } from "../log/columns";
import { requireColumns } from "../log/require-columns";
import { requireOneOf } from "../stats/require-option";
import { LESS_THAN_OTHERS, MORE_THAN_OTHERS, NOT_TESTED } from "./left-out-tests";

/**
 * The pairs of a use, the strongest first: by the bound of the ratio's interval nearer to 1; those
 * not tested by how far the roots of both shares are apart.
 * @param pairs what `unusualLessonUse` gives
 * @param use `more than others`, `less than others` or `not tested`
 * @returns the rows of `pairs` with that use; equal ones keep their order
 * @throws if `use` is none of them, or a column is missing or of another type
 */
export function strongestUse(pairs: pl.DataFrame, use: string): pl.DataFrame {
  requireOneOf("strongestUse", { use }, [MORE_THAN_OTHERS, LESS_THAN_OTHERS, NOT_TESTED]);
  const { columns, strength } = STRENGTHS[use]!;
  requireColumns("strongestUse", pairs, "use", "cohort_id", ...columns);
  const [one, other] = columns.map((name) => pl.col(name).cast(pl.Float64));
  return pairs
    .filter(pl.col("use").cast(pl.String).eq(pl.lit(use)))
    .withRowIndex(PLACE)
    .sort([strength(one!, other!).mul(pl.lit(-1)), pl.col(PLACE)])
    .drop(PLACE);
}

const PLACE = "\0place";

const STRENGTHS: Record<string, Strength> = {
  [MORE_THAN_OTHERS]: { columns: ["ratio_low"], strength: (low) => low },
  [LESS_THAN_OTHERS]: { columns: ["ratio_high"], strength: (high) => high.mul(pl.lit(-1)) },
  [NOT_TESTED]: {
    columns: ["share", "rest_share"],
    strength: (share, rest) => root(share).sub(root(rest)).abs(),
  },
};

const root = (share: pl.Expr) => share.pow(0.5);

interface Strength {
  columns: Column[];
  strength: (one: pl.Expr, other: pl.Expr) => pl.Expr;
}
