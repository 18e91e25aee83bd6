import { type Figure, type FigureOptions, figureOf } from "./figure";
import { plainFigureText } from "./figure-text";
import { labelsOf } from "./labels";
import { sharesMap } from "./traces";

export type ShareOf = (row: string, column: string) => number | null;

export interface SharesFigureOptions extends FigureOptions {
  rows: readonly string[];
  columns: readonly string[];
  share: ShareOf;
  xTitle: string;
  hover: string;
  note?: (column: string) => string;
  description: string;
}

/** Shares as a heat map from 0 to 1, with whole percents in the cells. */
export function sharesFigure(options: SharesFigureOptions): Figure {
  const { title, rows, columns, share, xTitle, hover, note, description } = options;
  const labels = labelsOf(columns);
  const names = note ? labels.map((label, i) => `${label} ${note(columns[i]!)}`) : labels;
  const z = rows.map((row) => columns.map((column) => share(row, column)));
  const percent = (share: number | null) => (share === null ? "" : `${Math.round(100 * share)}`);
  const text = z.map((row) => row.map(percent));
  const map = sharesMap({ x: names, y: labelsOf(rows), z, zmax: 1, text, hover });
  const height = 200 + 36 * rows.length;
  const longest = Math.max(0, ...names.map((name) => plainFigureText(name).length));
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

export function sharesIn<Name extends string, Share extends string>(
  cells: readonly (Record<Name, string> & Record<Share, number>)[],
  row: Name,
  column: Name,
  share: Share,
): ShareOf {
  const known = new Map(cells.map((cell) => [`${cell[row]}\0${cell[column]}`, cell[share]]));
  return (a, b) => known.get(`${a}\0${b}`) ?? null;
}

/** Names by the mean of their shares, highest first; equal ones stay as they come. */
export function byMean(names: string[], sharesOf: (name: string) => (number | null)[]): string[] {
  const means = names.map((name) => {
    const known = sharesOf(name).filter((share) => share !== null);
    return { name, mean: known.reduce((a, b) => a + b, 0) / Math.max(1, known.length) };
  });
  return means.sort((a, b) => b.mean - a.mean).map(({ name }) => name);
}

const LINE = 13;

function inLines(name: string): string {
  const lines: string[] = [];
  for (const word of name.split(" ")) {
    const longer = lines.length > 0 ? `${lines.at(-1)} ${word}` : word;
    if (lines.length > 0 && longer.length <= LINE) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines.join("<br>");
}
