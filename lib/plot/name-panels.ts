import type { Figure } from "./figure";
import { figureText } from "./figure-text";
import { axisId, axisKey, panelGrid, panelHeading } from "./panel-grid";

/** A panel with a row for each name. */
export interface NamePanel {
  /** Stands above the panel. */
  program: string;
  /** Names along its left side, from the top. */
  labels: readonly string[];
}

export interface NamePanelsOptions {
  /** Height of a panel alone, by the rows of the longest one, in pixels. */
  height: (rows: number) => number;
  /** Pixels between panels. */
  gapBelow: number;
  /** What all x axes have, but for their place; `title` stands below the last. */
  x: Record<string, unknown> & { title: string };
  /** What all y axes have besides their names. */
  y?: Record<string, unknown>;
}

/** Panels below each other with names along the side: the part of a layout that places them. */
export function namePanels(
  panels: readonly NamePanel[],
  { height, gapBelow, x: { title, ...x }, y = {} }: NamePanelsOptions,
): Partial<Figure["layout"]> & { height: number } {
  const rows = panels.reduce((most, { labels }) => Math.max(most, labels.length), 1);
  const grid = panelGrid(panels.length, {
    columns: 1,
    panelHeight: height(rows),
    gapBelow,
    gapBeside: 0,
  });
  const axes = panels.flatMap(({ labels }, index) => {
    const place = grid.places[index]!;
    return [
      [
        axisKey("x", index),
        {
          domain: place.x,
          anchor: axisId("y", index),
          ...x,
          title: { text: place.isBottom ? title : "" },
        },
      ],
      [
        axisKey("y", index),
        {
          type: "category",
          domain: place.y,
          anchor: axisId("x", index),
          categoryorder: "array",
          categoryarray: labels,
          autorange: "reversed",
          showgrid: false,
          ...y,
        },
      ],
    ];
  });
  return {
    height: grid.height,
    ...Object.fromEntries(axes),
    annotations: panels.map(({ program }, index) =>
      panelHeading(`<b>${figureText(program)}</b>`, index),
    ) as Figure["layout"]["annotations"],
  };
}
