import { distinctLabels } from "./distinct-labels";
import type { Figure } from "./figure";
import { figureText, plainFigureText } from "./figure-text";
import type { Shares } from "./shares";
import { SEQUENTIAL } from "./theme";

export interface SharesFigureOptions {
  title: string;
  /** What the cells hold and the columns are. */
  xTitle: string;
  /** What a hover says of a cell, with `%{x}`, `%{y}` and `%{z:.0%}`. */
  hover: string;
  /** A short word under a column's name. */
  columnNotes?: string[];
}

/** Shares as a heatmap from 0 to 1, with whole percents in the cells: so it needs no scale beside it. */
export function sharesFigure(
  { rows, columns, values }: Shares,
  { title, xTitle, hover, columnNotes = [] }: SharesFigureOptions,
): Figure {
  const names = labelsOf(columns).map((name, i) =>
    columnNotes[i] ? `${name} ${columnNotes[i]}` : name,
  );
  const height = HEIGHT_OF_FRAME + HEIGHT_OF_ROW * rows.length;
  const longest = Math.max(0, ...names.map((name) => plainFigureText(name).length));
  return {
    data: [
      {
        type: "heatmap",
        x: names,
        y: labelsOf(rows),
        z: values as number[][],
        zmin: 0,
        zmax: 1,
        colorscale: SEQUENTIAL,
        showscale: false,
        xgap: 2,
        ygap: 2,
        text: values.map((list) => list.map(percentOf)) as unknown as string[],
        texttemplate: "%{text}",
        hovertemplate: `${hover}<extra></extra>`,
      },
    ],
    layout: {
      title: { text: title },
      xaxis: {
        type: "category",
        title: { text: xTitle },
        showline: false,
        ticks: "",
        tickvals: names,
        ticktext: names.map(inLines),
      },
      yaxis: {
        type: "category",
        autorange: "reversed",
        showgrid: false,
        showline: false,
        ticks: "",
      },
      height,
      // On a phone, columns are too narrow for names that lie.
      meta: {
        narrow: { height: height + 6 * longest, xaxis: { ticktext: names, tickangle: -90 } },
      },
    } as Figure["layout"],
  };
}

const LONGEST_NAME = 30;
const HEIGHT_OF_FRAME = 200;
const HEIGHT_OF_ROW = 36;

function labelsOf(names: string[]): string[] {
  return distinctLabels(names.map((name) => figureText(name, { max: LONGEST_NAME })));
}

function percentOf(share: number | null): string {
  return share === null ? "" : String(Math.round(100 * share));
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
