import { axisSpec, type DrawnAxis, drawnAxis } from "./axes";
import type { Part } from "./chart-text";

/** Where it is drawn is in shares of the drawing area, from its left and top. */
export interface Panel {
  x: DrawnAxis;
  y: DrawnAxis;
  left: number;
  right: number;
  top: number;
  bottom: number;
  traces: Part[];
}

export function panelsOf(figure: Part): Panel[] {
  const data: Part[] = figure.data;
  const pairs = new Set(data.map(({ xaxis = "x", yaxis = "y" }) => `${xaxis} ${yaxis}`));
  return [...(pairs.size > 0 ? pairs : ["x y"])].map((pair) => {
    const [xId, yId] = pair.split(" ") as [string, string];
    const [left, right] = axisSpec(figure, xId).domain ?? [0, 1];
    const [bottom, top] = axisSpec(figure, yId).domain ?? [0, 1];
    return {
      x: drawnAxis(figure, xId),
      y: drawnAxis(figure, yId),
      ...{ left, right, top: 1 - top, bottom: 1 - bottom },
      traces: data.filter(({ xaxis = "x", yaxis = "y" }) => xaxis === xId && yaxis === yId),
    };
  });
}
