import type pl from "nodejs-polars";
import { ALL_KINDS } from "../detect/compare/score-detectors";
import { formatCount, formatPercent } from "../words/format-words";
import { type Figure, type FigureOptions, figureOf, listed } from "./figure";
import { figureText, labelsOf, plainFigureText } from "./figure-text";
import { largestOf, listOf, rowsOf, sumOf } from "./rows";
import { sharesMap } from "./traces";

/**
 * How far detectors flag the same, as a heat map in percent: of what either of two flags, the share
 * that both flag. Those that agree most with the others come first.
 * @param agreement `detector`, `other`, `agreement` (0 to 1, or null), as `detectorAgreement` gives
 *   them, each pair once or both ways
 */
export function agreementFigure(agreement: pl.DataFrame, { title }: FigureOptions): Figure {
  const pairs = rowsOf("agreementFigure", agreement, ["detector", "other", "agreement"]);
  const given = sharesIn(pairs.map((row) => [row.detector, row.other, row.agreement]));
  const share: ShareOf = (a, b) => (a === b ? null : (given(a, b) ?? given(b, a)));
  const distinct = [...new Set([...listOf(pairs, "detector"), ...listOf(pairs, "other")])];
  const names = byMean(distinct, (name) => distinct.map((other) => share(name, other)));
  const known = names
    .flatMap((a, i) => names.slice(i + 1).map((b) => ({ a, b, of: share(a, b) })))
    .filter(({ of }) => of !== null)
    .sort((p, q) => q.of! - p.of!);
  const [most, least] = [known[0], known.at(-1)].map(
    (pair) =>
      pair && `${figureText(pair.a)} and ${figureText(pair.b)} (${formatPercent(pair.of!)})`,
  );
  const description = most
    ? `Agreement of ${names.length} detectors, two by two. Most alike: ${most}; least: ${least}.`
    : "No pairs of detectors to show.";
  return sharesFigure({
    ...{ title, rows: names, columns: names, share, description },
    xTitle: "cells: flagged by both,<br>in percent of those flagged by either",
    hover: "%{y} and %{x}: both flag %{z:.1%} of what either flags",
  });
}

/**
 * Which detector finds which kind of anomaly: a heat map of the shares of planted stories found, in
 * percent. Kinds and detectors come by mean, the highest first; all kinds together come last.
 * @param recall `detector`, `kind`, `recall` (0 to 1, or null), `stories`, as `scoreDetectors`
 *   gives
 */
export function recallFigure(recall: pl.DataFrame, { title }: FigureOptions): Figure {
  const cells = rowsOf("recallFigure", recall, ["detector", "kind", "recall", "stories"]);
  const share = sharesIn(cells.map((row) => [row.detector, row.kind, row.recall]));
  const all = [...new Set(listOf(cells, "detector"))];
  const names = new Set(listOf(cells, "kind"));
  const whole = names.delete(ALL_KINDS) ? [ALL_KINDS] : [];
  const kinds = byMean([...names], (kind) => all.map((detector) => share(detector, kind)));
  const judged = whole.length > 0 ? whole : kinds;
  const rows = byMean(all, (detector) => judged.map((kind) => share(detector, kind)));
  const columns = [...kinds, ...whole];
  const storiesOf = (kind: string) => {
    const own = cells.filter((cell) => cell.kind === kind);
    return formatCount(largestOf(listOf(own, "stories"), 0));
  };
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
    note: (kind) => ` (${storiesOf(kind)})`,
  });
}

type ShareOf = (row: string, column: string) => number | null;

interface SharesFigureOptions extends FigureOptions {
  rows: readonly string[];
  columns: readonly string[];
  share: ShareOf;
  xTitle: string;
  hover: string;
  note?: (column: string) => string;
  description: string;
}

/** Shares as a heat map from 0 to 1, with whole percents in the cells. */
function sharesFigure(options: SharesFigureOptions): Figure {
  const { title, rows, columns, share, xTitle, hover, note = () => "", description } = options;
  const names = labelsOf(columns).map((label, i) => label + note(columns[i]!));
  const z = rows.map((row) => columns.map((column) => share(row, column)));
  const percent = (share: number | null) => (share === null ? "" : `${Math.round(100 * share)}`);
  const text = z.map((row) => row.map(percent));
  const map = sharesMap({ x: names, y: labelsOf(rows), z, zmax: 1, text, hover });
  const height = 200 + 36 * rows.length;
  const longest = largestOf(
    names.map((name) => plainFigureText(name).length),
    0,
  );
  const bare = { type: "category", showline: false, ticks: "" };
  const ticks = { tickvals: names, ticktext: names.map(inLines) };
  const layout = {
    xaxis: { ...bare, title: { text: xTitle }, ...ticks },
    yaxis: { ...bare, autorange: "reversed", showgrid: false },
    height,
    meta: { narrow: { height: height + 6 * longest, xaxis: { ticktext: names, tickangle: -90 } } },
  };
  return figureOf(title, [map], layout, description);
}

function sharesIn(cells: readonly [row: string, column: string, share: number][]): ShareOf {
  const known = new Map(cells.map(([row, column, share]) => [`${row}\0${column}`, share]));
  return (row, column) => known.get(`${row}\0${column}`) ?? null;
}

/** Names by the mean of their shares, highest first; equal ones stay as they come. */
function byMean(names: string[], sharesOf: (name: string) => (number | null)[]): string[] {
  const means = names.map((name) => {
    const known = sharesOf(name).filter((share) => share !== null);
    return { name, mean: sumOf(known) / Math.max(1, known.length) };
  });
  return listOf(
    means.sort((a, b) => b.mean - a.mean),
    "name",
  );
}

const LINE = 13;

/** A name in lines, words kept whole. */
function inLines(name: string): string {
  const [first = "", ...words] = name.split(" ");
  const lines = [first];
  for (const word of words) {
    const longer = `${lines.at(-1)} ${word}`;
    if (longer.length <= LINE) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines.join("<br>");
}
