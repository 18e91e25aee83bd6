/** Where one panel stands, in shares of the plot's width and, from below, of its height. */
export interface PanelPlace {
  x: [number, number];
  y: [number, number];
  /** Whether no panel stands to the left, or below: there axes have their titles. */
  isLeft: boolean;
  isBottom: boolean;
}

export interface PanelGridOptions {
  columns: number;
  /** Of a panel alone, in pixels. */
  panelHeight: number;
  /** Pixels between panels one above the other, for an axis and a heading. */
  gapBelow: number;
  /** Share of the width between panels side by side. */
  gapBeside: number;
}

export interface PanelGrid {
  /** Height of the whole figure, in pixels. */
  height: number;
  places: PanelPlace[];
}

/** Above and below all panels: title, legend, axis. */
const MARGINS = 150;

/** Small panels of one size, row by row from the top. */
export function panelGrid(
  count: number,
  { columns, panelHeight, gapBelow, gapBeside }: PanelGridOptions,
): PanelGrid {
  const rows = Math.max(1, Math.ceil(count / columns));
  const plotHeight = rows * panelHeight + (rows - 1) * gapBelow;
  const width = (1 - (columns - 1) * gapBeside) / columns;
  const places = Array.from({ length: count }, (_, index): PanelPlace => {
    const [row, column] = [Math.floor(index / columns), index % columns];
    const left = column * (width + gapBeside);
    const top = (row * (panelHeight + gapBelow)) / plotHeight;
    return {
      x: [left, Math.min(1, left + width)],
      y: [Math.max(0, 1 - top - panelHeight / plotHeight), 1 - top],
      isLeft: column === 0,
      isBottom: index + columns >= count,
    };
  });
  return { height: plotHeight + MARGINS, places };
}

/** plotly's short name of the n-th axis, from 0: `x`, `x2`. */
export function axisId(letter: "x" | "y", index: number): string {
  return index === 0 ? letter : `${letter}${index + 1}`;
}

/** The key of the same axis in a layout: `xaxis`, `xaxis2`. */
export function axisKey(letter: "x" | "y", index: number): string {
  return `${letter}axis${index === 0 ? "" : index + 1}`;
}

/** A panel's heading, above its upper left corner. */
export function panelHeading(text: string, index: number) {
  return {
    text,
    xref: `${axisId("x", index)} domain`,
    yref: `${axisId("y", index)} domain`,
    x: 0,
    y: 1,
    xanchor: "left",
    yanchor: "bottom",
    showarrow: false,
    font: { size: 12 },
  };
}
