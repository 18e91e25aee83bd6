import type pl from "nodejs-polars";
import { SUSPICIONS } from "../detect/compare/suspects";
import { barsFigure } from "./bars-figure";
import type { Figure, FigureOptions } from "./figure";
import { rowsOf } from "./rows";
import { COLORS } from "./theme";

/**
 * How many users and addresses are suspicious, a bar each by the gravest kind against them, as
 * `suspects` gives them; the gravest on top, users before addresses.
 */
export function suspectsFigure(suspects: pl.DataFrame, { title }: FigureOptions): Figure {
  const rows = rowsOf("suspectsFigure", suspects, ["kind", "what"]);
  const count = (kind: string, what: string) =>
    rows.filter((row) => row.kind === kind && row.what === what).length;
  const bars = SUSPICIONS.flatMap((kind) => [
    { label: `${kind}: users`, count: count(kind, "user"), color: COLORS.usual },
    { label: `${kind}: addresses`, count: count(kind, "address"), color: COLORS.second },
  ]);
  const named = bars.filter(({ count }) => count > 0);
  return barsFigure(title, "users or addresses", named);
}
