import type pl from "nodejs-polars";
import { formatPercent } from "../words/format-words";
import type { Figure, FigureOptions } from "./figure";
import { figureText } from "./figure-text";
import { rowsOf } from "./rows";
import { byMean, sharesFigure } from "./shares-figure";

/**
 * How far detectors flag the same: of what either of two flags, the share that both flag, as a heat
 * map with percents in its cells. Those that agree most with the others come first. A detector's
 * agreement with itself is left out, as are pairs without a value.
 *
 * @param agreement `detector`, `other`, `agreement` (0 to 1, or null): what `detectorAgreement`
 *   gives; a pair may be there once or both ways
 * @throws {Error} if a column is missing or of another type
 */
export function agreementFigure(agreement: pl.DataFrame, { title }: FigureOptions): Figure {
  const pairs = rowsOf("agreementFigure", agreement, ["detector", "other", "agreement"]);
  const key = (a: string, b: string) => `${a}\0${b}`;
  const given = new Map(pairs.map((pair) => [key(pair.detector, pair.other), pair.agreement]));
  const share = (a: string, b: string) =>
    a === b ? null : (given.get(key(a, b)) ?? given.get(key(b, a)) ?? null);
  const all = pairs.map(({ detector }) => detector).concat(pairs.map(({ other }) => other));
  const distinct = [...new Set(all)];
  const names = byMean(distinct, (name) => distinct.map((other) => share(name, other)));
  return {
    ...sharesFigure({
      ...{ title, rows: names, columns: names, share },
      xTitle: "cells: flagged by both,<br>in percent of those flagged by either",
      hover: "%{y} and %{x}: both flag %{z:.1%} of what either flags",
    }),
    description: describe(names, share),
  };
}

function describe(names: string[], share: (a: string, b: string) => number | null): string {
  const pairs = names.flatMap((a, i) => names.slice(i + 1).map((b) => ({ a, b, of: share(a, b) })));
  const known = pairs.filter(({ of }) => of !== null).sort((p, q) => q.of! - p.of!);
  if (known.length === 0) return "No pairs of detectors to show.";
  const words = ({ a, b, of }: (typeof known)[number]) =>
    `${figureText(a)} and ${figureText(b)} (${formatPercent(of!)})`;
  return (
    `Agreement of ${names.length} detectors, two by two. Most alike: ${words(known[0]!)}; ` +
    `least: ${words(known.at(-1)!)}.`
  );
}
