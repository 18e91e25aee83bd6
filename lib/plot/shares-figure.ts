import type { Figure, FigureOptions } from "./figure";
import { plainFigureText } from "./figure-text";
import { labelsOf } from "./labels";
import { sharesMap } from "./traces";

export interface SharesFigureOptions extends FigureOptions {
  /** Names of rows and columns, as the log has them. */
  rows: readonly string[];
  columns: readonly string[];
  /** A cell's share of 1; null for none. */
  share: (row: string, column: string) => number | null;
  /** What the cells hold and the columns are. */
  xTitle: string;
  /** What a hover says of a cell, with `%{x}`, `%{y}` and `%{z:.0%}`. */
  hover: string;
  /** A short word under a column's name. */
  note?: (column: string) => string;
}

const HEIGHT_OF_FRAME = 200;
const HEIGHT_OF_ROW = 36;

/** Shares as a heat map from 0 to 1, with whole percents in the cells. */
export function sharesFigure(options: SharesFigureOptions): Figure {
  const { title, rows, columns, share, xTitle, hover, note } = options;
  const labels = labelsOf(columns);
  const names = note ? labels.map((label, i) => `${label} ${note(columns[i]!)}`) : labels;
  const z = rows.map((row) => columns.map((column) => share(row, column)));
  const text = z.map((list) => list.map((cell) => (cell === null ? "" : `${percent(cell)}`)));
  const height = HEIGHT_OF_FRAME + HEIGHT_OF_ROW * rows.length;
  const longest = Math.max(0, ...names.map((name) => plainFigureText(name).length));
  const bare = { type: "category", showline: false, ticks: "" } as const;
  return {
    data: [sharesMap({ x: names, y: labelsOf(rows), z, zmax: 1, text, hover })],
    layout: {
      title: { text: title },
      xaxis: { ...bare, title: { text: xTitle }, tickvals: names, ticktext: names.map(inLines) },
      yaxis: { ...bare, autorange: "reversed", showgrid: false },
      height,
      // On a phone, columns are too narrow for names that lie.
      meta: {
        narrow: { height: height + 6 * longest, xaxis: { ticktext: names, tickangle: -90 } },
      },
    } as Figure["layout"],
  };
}

const percent = (share: number) => Math.round(100 * share);

/** Names from the highest to the lowest mean of their shares; those of equal mean stay as they come. */
export function byMean(
  names: readonly string[],
  sharesOf: (name: string) => readonly (number | null)[],
): string[] {
  const mean = (name: string) => {
    const known = sharesOf(name).filter((share) => share !== null);
    return known.reduce((a, b) => a + b, 0) / Math.max(1, known.length);
  };
  const means = new Map(names.map((name) => [name, mean(name)]));
  return [...names].sort((a, b) => means.get(b)! - means.get(a)!);
}

/** Characters of a name that stand side by side above a column. */
const LINE = 13;

/** A name in short lines, broken at its spaces. */
function inLines(name: string): string {
  const lines: string[] = [];
  for (const word of name.split(" ")) {
    const longer = lines.length > 0 ? `${lines.at(-1)} ${word}` : word;
    if (lines.length > 0 && longer.length <= LINE) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines.join("<br>");
}
