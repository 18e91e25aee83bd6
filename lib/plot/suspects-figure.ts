import type pl from "nodejs-polars";
import { SUSPICIONS } from "../detect/compare/suspects";
import { requireColumns } from "../log/require-columns";
import { barsFigure } from "./bars-figure";
import type { Figure } from "./figure";
import type { FigureOptions } from "./figure-options";
import { plainValues } from "./plain-values";
import { COLORS } from "./theme";

/**
 * How many users and addresses are under suspicion, by the gravest kind against each: a bar for
 * each kind that names any, the gravest on top, users before addresses.
 *
 * @param suspects what `suspects` gives
 * @throws {Error} if `kind` or `what` is missing or of another type
 */
export function suspectsFigure(suspects: pl.DataFrame, { title }: FigureOptions): Figure {
  requireColumns("suspectsFigure", suspects, "kind", "what");
  const kinds = plainValues(suspects, "kind") as string[];
  const whats = plainValues(suspects, "what") as string[];
  const bars = SUSPICIONS.flatMap((kind) =>
    ["user", "address"].map((what) => ({
      label: `${kind}: ${what === "user" ? "users" : "addresses"}`,
      count: kinds.filter((of, row) => of === kind && whats[row] === what).length,
      color: what === "user" ? COLORS.usual : COLORS.second,
    })),
  );
  return barsFigure(
    bars.filter(({ count }) => count > 0),
    { title, unit: "users or addresses" },
  );
}
