import type pl from "nodejs-polars";
import { formatPercent } from "../words/format-words";
import type { Figure, FigureOptions } from "./figure";
import { figureText } from "./figure-text";
import { rowsOf } from "./rows";
import { byMean, type ShareOf, sharesFigure, sharesIn } from "./shares-figure";

/**
 * How far detectors flag the same, as a heat map in percent: of what either of two flags, the share
 * that both flag. Those that agree most with the others come first.
 * @param agreement `detector`, `other`, `agreement` (0 to 1, or null), as `detectorAgreement` gives
 *   them, each pair once or both ways
 */
export function agreementFigure(agreement: pl.DataFrame, { title }: FigureOptions): Figure {
  const pairs = rowsOf("agreementFigure", agreement, ["detector", "other", "agreement"]);
  const given = sharesIn(pairs, "detector", "other", "agreement");
  const share: ShareOf = (a, b) => (a === b ? null : (given(a, b) ?? given(b, a)));
  const all = pairs.map(({ detector }) => detector).concat(pairs.map(({ other }) => other));
  const distinct = [...new Set(all)];
  const names = byMean(distinct, (name) => distinct.map((other) => share(name, other)));
  return sharesFigure({
    ...{ title, rows: names, columns: names, share, description: describe(names, share) },
    xTitle: "cells: flagged by both,<br>in percent of those flagged by either",
    hover: "%{y} and %{x}: both flag %{z:.1%} of what either flags",
  });
}

function describe(names: string[], share: ShareOf): string {
  const pairs = names.flatMap((a, i) => names.slice(i + 1).map((b) => ({ a, b, of: share(a, b) })));
  const known = pairs.filter(({ of }) => of !== null).sort((p, q) => q.of! - p.of!);
  if (known.length === 0) return "No pairs of detectors to show.";
  const [most, least] = [known[0]!, known.at(-1)!].map(
    ({ a, b, of }) => `${figureText(a)} and ${figureText(b)} (${formatPercent(of!)})`,
  );
  return `Agreement of ${names.length} detectors, two by two. Most alike: ${most}; least: ${least}.`;
}
