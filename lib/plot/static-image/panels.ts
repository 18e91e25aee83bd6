import { axisSpec, type DrawnAxis, drawnAxis } from "./axes";
import type { SupportedFigure } from "./supported-figure";

/** A rectangle in shares of the drawing area, from its left and from its top. */
export interface Area {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** One pair of axes and where it is drawn. An overlaid axis has its own panel in the same area. */
export interface Panel {
  x: DrawnAxis;
  y: DrawnAxis;
  area: Area;
  /** Number of the panel whose area this one shares: its own, or that of the axis it lies over. */
  base: number;
}

export function panelsOf(figure: SupportedFigure): Panel[] {
  const pairs = new Map<string, [string, string]>();
  for (const trace of figure.data) {
    const pair: [string, string] = [trace.xaxis ?? "x", trace.yaxis ?? "y"];
    pairs.set(pair.join(), pair);
  }
  if (pairs.size === 0) pairs.set("x,y", ["x", "y"]);
  const all = [...pairs.values()];
  return all.map(([x, y], index) => {
    const isBase = (pair: [string, string]) =>
      pair[0] === baseOf(figure, x) && pair[1] === baseOf(figure, y);
    const base = all.findIndex(isBase);
    return {
      x: drawnAxis(figure, x),
      y: drawnAxis(figure, y),
      area: areaOf(figure, x, y),
      base: base < 0 ? index : base,
    };
  });
}

function areaOf(figure: SupportedFigure, xId: string, yId: string): Area {
  const x = axisSpec(figure, xId);
  const y = axisSpec(figure, yId);
  const cell = gridCell(figure, baseOf(figure, xId), baseOf(figure, yId));
  const xDomain = x.domain ?? axisSpec(figure, x.overlaying ?? "").domain ?? cell.x;
  const yDomain = y.domain ?? axisSpec(figure, y.overlaying ?? "").domain ?? cell.y;
  return { left: xDomain[0], right: xDomain[1], top: 1 - yDomain[1], bottom: 1 - yDomain[0] };
}

function baseOf(figure: SupportedFigure, id: string): string {
  const { overlaying } = axisSpec(figure, id);
  return overlaying && overlaying !== "free" ? overlaying : id;
}

type Domain = [number, number];

/** plotly's `layout.grid`: axes are given out row by row, from the top. */
function gridCell({ layout }: SupportedFigure, xId: string, yId: string): { x: Domain; y: Domain } {
  const { rows = 1, columns = 1, pattern, roworder } = layout.grid ?? {};
  const number = (id: string) => Number(id.slice(1) || 1) - 1;
  const isCoupled = pattern !== "independent";
  const column = isCoupled ? number(xId) : number(xId) % columns;
  const rowGiven = isCoupled ? number(yId) : Math.floor(number(xId) / columns);
  const row = roworder === "bottom to top" ? rows - 1 - rowGiven : rowGiven;
  if (!layout.grid || column >= columns || row >= rows || row < 0) return { x: [0, 1], y: [0, 1] };
  const share = (index: number, count: number): Domain => {
    const gap = count > 1 ? 0.12 / count : 0;
    return [
      index / count + (index > 0 ? gap : 0),
      (index + 1) / count - (index < count - 1 ? gap : 0),
    ];
  };
  const [top, bottom] = share(row, rows);
  return { x: share(column, columns), y: [1 - bottom, 1 - top] };
}
