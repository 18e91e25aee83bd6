import { type Panel, position } from "./axes";
import { chartText, type Part } from "./chart-text";
import { dashOf } from "./looks";

/** Shapes and notes of a panel, a series each. */
export function noteSeries({ layout }: Part, panel: Panel, index: number): Part[] {
  const isOn = (ref: string, id: string) => ref === "paper" || ref.replace(" domain", "") === id;
  const own = (parts: Part[] = []) =>
    parts.filter(({ xref = "x", yref = "y", visible = true }) => {
      const isOfAll = xref === "paper" && yref === "paper";
      return visible && isOn(xref, panel.x.id) && isOn(yref, panel.y.id) && !(isOfAll && index > 0);
    });
  const series = (z: number, element: (place: Place) => Part | null): Part => ({
    ...{ type: "custom", name: "", z, clip: false, coordinateSystem: "cartesian2d" },
    // Does not stretch the axes: ECharts draws one element per datum.
    ...{ encode: { x: -1, y: -1 }, data: [[0]] },
    renderItem: ({ coordSys }: Part, api: Part) =>
      element((value, ref, letter) => pixel(value, ref, panel[letter], coordSys, api)),
  });
  return [
    ...own(layout.shapes).map((shape) =>
      series(shape.layer === "below" ? 0 : 4, (place) => shapeOf(shape, place)),
    ),
    ...own(layout.annotations).map((note) => series(5, (place) => noteOf(note, place))),
  ];
}

type Place = (value: unknown, ref: string, letter: "x" | "y") => number | null;

function pixel(value: unknown, ref: string, axis: Panel["x"], box: Part, api: Part) {
  const isAcross = axis.letter === "x";
  if (/^paper$| domain$/.test(ref)) {
    return isAcross ? box.x + Number(value) * box.width : box.y + (1 - Number(value)) * box.height;
  }
  const place = position(axis, value);
  if (place === null) return null;
  return isAcross ? api.coord([place, 0])[0] : api.coord([0, place])[1];
}

function shapeOf({ type, xref, yref, line = {}, ...shape }: Part, place: Place): Part | null {
  const [x1, x2] = [place(shape.x0, xref, "x"), place(shape.x1, xref, "x")];
  const [y1, y2] = [place(shape.y0, yref, "y"), place(shape.y1, yref, "y")];
  if (x1 === null || x2 === null || y1 === null || y2 === null) return null;
  const dashes = { solid: undefined, dotted: [2, 3], dashed: [6, 4] };
  const style = {
    stroke: line.color ?? "#4b5563",
    lineWidth: line.width ?? (type === "line" ? 1.5 : 0),
    lineDash: dashes[dashOf(line.dash)],
    opacity: shape.opacity ?? 1,
  };
  if (type === "line") return { type: "line", shape: { x1, y1, x2, y2 }, style };
  const corner = { x: Math.min(x1, x2), y: Math.min(y1, y2) };
  const size = { width: Math.abs(x2 - x1), height: Math.abs(y2 - y1) };
  const fill = shape.fillcolor ?? "transparent";
  return { type: "rect", shape: { ...corner, ...size }, style: { ...style, fill } };
}

function noteOf(note: Part, place: Place): Part | null {
  // An arrow is not drawn: its note stands above the place that it points at.
  const { showarrow: hasArrow = true, xanchor = "auto", yanchor = "middle", font } = note;
  const [x, y] = [place(note.x, note.xref, "x"), place(note.y, note.yref, "y")];
  if (x === null || y === null) return null;
  const isAbove = hasArrow || yanchor === "bottom";
  const style = {
    ...{ text: chartText(note.text), x, y: isAbove ? y - 4 : y },
    fill: font?.color ?? "#1f2937",
    font: `${font?.size ?? 12}px system-ui, sans-serif`,
    textAlign: hasArrow || xanchor === "auto" ? "center" : xanchor,
    textVerticalAlign: isAbove ? "bottom" : yanchor,
  };
  return { type: "text", style };
}
