import { position } from "./axes";
import { chartText } from "./chart-text";
import type { Panel } from "./panels";
import { dashOf } from "./series";
import type { Annotation, Option, Shape, SupportedFigure, Value } from "./supported-figure";

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

interface Api {
  coord: (point: number[]) => number[];
}

/** A figure's shapes and notes that belong to a panel, as one series each drawn with it. */
export function markSeries(figure: SupportedFigure, panel: Panel, index: number): Option[] {
  const belongs = ({ xref = "x", yref = "y" }: Shape | Annotation) =>
    isOn(xref, panel.x.id) &&
    isOn(yref, panel.y.id) &&
    !(isPaper(xref) && isPaper(yref) && index > 0);
  const shapes = (figure.layout.shapes ?? []).filter(
    (shape) => shape.visible !== false && belongs(shape),
  );
  const notes = (figure.layout.annotations ?? []).filter(
    (note) => note.visible !== false && belongs(note),
  );
  return [
    ...shapes.map((shape) =>
      drawn(index, shape.layer === "below" ? 0 : 4, (box, api) =>
        shapeElement(shape, panel, box, api),
      ),
    ),
    ...notes.map((note) => drawn(index, 5, (box, api) => noteElement(note, panel, box, api))),
  ];
}

function drawn(index: number, z: number, element: (box: Box, api: Api) => Option | null): Option {
  return {
    type: "custom",
    name: "",
    silent: true,
    animation: false,
    xAxisIndex: index,
    yAxisIndex: index,
    z,
    // A place that does not stretch the axes: ECharts draws one element per datum.
    encode: { x: -1, y: -1 },
    data: [[0]],
    coordinateSystem: "cartesian2d",
    clip: false,
    renderItem: (params: { coordSys: Box }, api: Api) => element(params.coordSys, api),
  };
}

function shapeElement(shape: Shape, panel: Panel, box: Box, api: Api): Option | null {
  const { xref = "x", yref = "y", line = {} } = shape;
  const [x0, x1] = [shape.x0, shape.x1].map((x) => pixel(x, xref, "x", panel, box, api));
  const [y0, y1] = [shape.y0, shape.y1].map((y) => pixel(y, yref, "y", panel, box, api));
  if (x0 == null || x1 == null || y0 == null || y1 == null) return null;
  const style = {
    stroke: line.color ?? "#4b5563",
    lineWidth: line.width ?? (shape.type === "line" ? 1.5 : 0),
    lineDash:
      dashOf(line.dash) === "solid" ? undefined : dashOf(line.dash) === "dotted" ? [2, 3] : [6, 4],
    opacity: shape.opacity ?? 1,
  };
  if (shape.type === "line") {
    return { type: "line", shape: { x1: x0, y1: y0, x2: x1, y2: y1 }, style };
  }
  const rectangle = {
    x: Math.min(x0, x1),
    y: Math.min(y0, y1),
    width: Math.abs(x1 - x0),
    height: Math.abs(y1 - y0),
  };
  return {
    type: "rect",
    shape: rectangle,
    style: { ...style, fill: shape.fillcolor ?? "transparent" },
  };
}

function noteElement(note: Annotation, panel: Panel, box: Box, api: Api): Option | null {
  const x = pixel(note.x, note.xref ?? "x", "x", panel, box, api);
  const y = pixel(note.y, note.yref ?? "y", "y", panel, box, api);
  if (x === null || y === null) return null;
  const hasArrow = note.showarrow ?? true;
  const [dx, dy] = hasArrow ? [note.ax ?? 0, note.ay ?? -30] : [0, 0];
  const text = {
    type: "text",
    style: {
      text: chartText(note.text),
      x: x + dx,
      // Above its place a note stands a little clear of what is there.
      y: y + dy - (!hasArrow && note.yanchor === "bottom" ? 4 : 0),
      fill: note.font?.color ?? "#1f2937",
      font: `${note.font?.size ?? 12}px system-ui, sans-serif`,
      textAlign:
        hasArrow || note.xanchor === undefined || note.xanchor === "auto" ? "center" : note.xanchor,
      textVerticalAlign: hasArrow ? (dy < 0 ? "bottom" : "top") : (note.yanchor ?? "middle"),
    },
  };
  const arrow = {
    type: "line",
    shape: { x1: x + dx, y1: y + dy, x2: x, y2: y },
    style: { stroke: "#4b5563", lineWidth: 1 },
  };
  return { type: "group", children: hasArrow ? [arrow, text] : [text] };
}

function pixel(
  value: Value,
  ref: string,
  letter: "x" | "y",
  panel: Panel,
  box: Box,
  api: Api,
): number | null {
  if (isPaper(ref) || ref.endsWith(" domain")) {
    const share = Number(value);
    return letter === "x" ? box.x + share * box.width : box.y + (1 - share) * box.height;
  }
  const place = position(panel[letter], value);
  if (place === null) return null;
  const point = api.coord(letter === "x" ? [place, 0] : [0, place]);
  return (letter === "x" ? point[0] : point[1]) ?? null;
}

function isPaper(ref: string): boolean {
  return ref === "paper";
}

function isOn(ref: string, id: string): boolean {
  return isPaper(ref) || ref.replace(" domain", "") === id;
}
