import type pl from "nodejs-polars";
import { ALL_KINDS } from "../detect/compare/score-detectors";
import { requireColumns } from "../log/require-columns";
import { formatCount, formatPercent } from "../words/format-words";
import type { Figure } from "./figure";
import type { FigureOptions } from "./figure-options";
import { figureText } from "./figure-text";
import { byMean, reordered, type Shares, sharesOf } from "./shares";
import { sharesFigure } from "./shares-figure";

/**
 * Which detector finds which kind of anomaly: of the planted stories of a kind,
 * the share found, as a heat map with percents in its cells. Kinds come
 * from the highest to the lowest mean, and then all kinds together where they are
 * there; detectors by these, or by their mean. Cells without a value stay empty.
 * Under each kind stands how many stories it has.
 *
 * @param recall `detector`, `kind` (String), `recall` (0 to 1, or null),
 *   `stories`: a row per detector and kind, as `scoreDetectors` gives
 * @throws {Error} if a column is missing or of another type
 */
export function recallFigure(recall: pl.DataFrame, { title }: FigureOptions): Figure {
  requireColumns("recallFigure", recall, "detector", "kind", "recall", "stories");
  const found = sharesOf(recall, "detector", "kind", "recall");
  const byKind = found.columns.map((_, c) => found.values.map((list) => list[c]!));
  const all = found.columns.indexOf(ALL_KINDS);
  const kinds = byMean(byKind).filter((column) => column !== all);
  const columnOrder = all < 0 ? kinds : [...kinds, all];
  const rowOrder = byMean(all < 0 ? found.values : byKind[all]!.map((share) => [share]));
  const shares = reordered(found, rowOrder, columnOrder);
  const stories = sharesOf(recall, "detector", "kind", "stories");
  const counts = columnOrder.map((c) => Math.max(...stories.values.map((list) => list[c] ?? 0)));
  return {
    ...sharesFigure(shares, {
      title,
      xTitle: "kind of anomaly (stories of it)<br>cells: stories found, in percent",
      hover: "%{y}: %{z:.1%} found of %{x}",
      columnNotes: counts.map((count) => `(${formatCount(count)})`),
    }),
    description: describe(shares),
  };
}

function describe({ rows, columns, values }: Shares): string {
  const best = columns.flatMap((kind, c) => {
    const known = rows.flatMap((name, r) => (values[r]![c] === null ? [] : [{ name, r }]));
    const top = known.sort((a, b) => values[b.r]![c]! - values[a.r]![c]!)[0];
    return top
      ? [`${figureText(kind)} ${formatPercent(values[top.r]![c]!, 0)} (${figureText(top.name)})`]
      : [];
  });
  if (best.length === 0) return "No recall to show.";
  return `Share of planted stories found by ${rows.length} detectors. Highest per kind: ${best.join("; ")}.`;
}
