import type pl from "nodejs-polars";
import { ALL_KINDS } from "../detect/compare/score-detectors";
import { formatCount, formatPercent } from "../words/format-words";
import { type Figure, type FigureOptions, listed } from "./figure";
import { figureText } from "./figure-text";
import { largestOf, rowsOf } from "./rows";
import { byMean, sharesFigure, sharesIn } from "./shares-figure";

/**
 * Which detector finds which kind of anomaly: a heat map of the shares of planted stories found, in
 * percent. Kinds and detectors come by mean, the highest first; all kinds together come last.
 * @param recall `detector`, `kind`, `recall` (0 to 1, or null), `stories`, as `scoreDetectors`
 *   gives
 */
export function recallFigure(recall: pl.DataFrame, { title }: FigureOptions): Figure {
  const cells = rowsOf("recallFigure", recall, ["detector", "kind", "recall", "stories"]);
  const share = sharesIn(cells, "detector", "kind", "recall");
  const all = [...new Set(cells.map(({ detector }) => detector))];
  const names = new Set(cells.map(({ kind }) => kind));
  const whole = names.delete(ALL_KINDS) ? [ALL_KINDS] : [];
  const kinds = byMean([...names], (kind) => all.map((detector) => share(detector, kind)));
  const judged = whole.length > 0 ? whole : kinds;
  const rows = byMean(all, (detector) => judged.map((kind) => share(detector, kind)));
  const columns = [...kinds, ...whole];
  const storiesOf = (kind: string) =>
    largestOf(
      cells.filter((cell) => cell.kind === kind).map(({ stories }) => stories),
      0,
    );
  const best = columns.flatMap((kind) => {
    const known = rows.filter((detector) => share(detector, kind) !== null);
    const [top] = known.sort((a, b) => share(b, kind)! - share(a, kind)!);
    if (top === undefined) return [];
    return `${figureText(kind)} ${formatPercent(share(top, kind)!, 0)} (${figureText(top)})`;
  });
  const words = `Share of planted stories found by ${rows.length} detectors. Highest per kind`;
  return sharesFigure({
    ...{ title, rows, columns, share, description: listed("recall", words, best) },
    xTitle: "kind of anomaly (stories of it)<br>cells: stories found, in percent",
    hover: "%{y}: %{z:.1%} found of %{x}",
    note: (kind) => `(${formatCount(storiesOf(kind))})`,
  });
}
