import type pl from "nodejs-polars";
import { requireColumns } from "../log/require-columns";
import { formatPercent } from "../words/format-words";
import type { Figure } from "./figure";
import type { FigureOptions } from "./figure-options";
import { figureText } from "./figure-text";
import { byMean, reordered, type Shares, sharesOf } from "./shares";
import { sharesFigure } from "./shares-figure";

/**
 * How far detectors flag the same: of what either of two flags, the share that
 * both flag, as a heat map with percents in its cells. Those that agree most
 * with the others come first. A detector's agreement with itself says nothing
 * and is left out, as are pairs without a value.
 *
 * @param agreement `detector`, `other` (String), `agreement` (0 to 1, or null):
 *   what `detectorAgreement` gives; a pair may be there once or both ways
 * @throws {Error} if a column is missing or of another type
 */
export function agreementFigure(agreement: pl.DataFrame, { title }: FigureOptions): Figure {
  requireColumns("agreementFigure", agreement, "detector", "other", "agreement");
  const pairs = bothWays(sharesOf(agreement, "detector", "other", "agreement"));
  const order = byMean(pairs.values);
  const shares = reordered(pairs, order, order);
  return {
    ...sharesFigure(shares, {
      title,
      xTitle: "cells: flagged by both,<br>in percent of those flagged by either",
      hover: "%{y} and %{x}: both flag %{z:.1%} of what either flags",
    }),
    description: describe(shares),
  };
}

/** Every pair, whichever way round it is given; without each one's agreement with itself. */
function bothWays({ rows, columns, values }: Shares): Shares {
  const names = [...new Set([...rows, ...columns])];
  const given = (a: string, b: string) =>
    values[rows.indexOf(a)]?.[columns.indexOf(b)] ?? values[rows.indexOf(b)]?.[columns.indexOf(a)];
  return {
    rows: names,
    columns: names,
    values: names.map((a) => names.map((b) => (a === b ? null : (given(a, b) ?? null)))),
  };
}

function describe({ rows, values }: Shares): string {
  const pairs = rows.flatMap((a, i) =>
    rows.slice(i + 1).map((b, j) => ({ a, b, share: values[i]![i + 1 + j]! })),
  );
  const known = pairs.filter(({ share }) => share !== null).sort((p, q) => q.share - p.share);
  const words = ({ a, b, share }: (typeof known)[number]) =>
    `${figureText(a)} and ${figureText(b)} (${formatPercent(share)})`;
  if (known.length === 0) return "No pairs of detectors to show.";
  return (
    `Agreement of ${rows.length} detectors, two by two. Most alike: ${words(known[0]!)}; ` +
    `least: ${words(known.at(-1)!)}.`
  );
}
