import type pl from "nodejs-polars";
import { requireColumns } from "../log/require-columns";
import { requireNumber, requireOneOf } from "../stats/require-option";
import { formatCount } from "../words/format-words";
import { logAxis } from "./axes";
import { type Figure, type FigureOptions, figureOf, type Trace } from "./figure";
import { figureText } from "./figure-text";
import { grouped, listOf, numbersOf, plainValues, withDaysAsText } from "./rows";
import { UNUSUAL_MARKER } from "./theme";
import { thinned } from "./thinned";
import { points, seriesMark } from "./traces";

export interface PointsFigureOptions extends FigureOptions {
  x: string;
  y: string;
  /** Column that names a point on hover. */
  label?: string;
  /** Column of groups, each with its own marker. */
  by?: string;
  /** Boolean column of the points that stand out; null is no. */
  highlight?: string;
  /** Legend of those that stand out. */
  highlightName?: string;
  /** Legend of the others, without `by`. */
  name?: string;
  /** Titles of the axes, with units; the columns' names without. */
  xTitle?: string;
  yTitle?: string;
  /** Logarithmic axes; points at or below 0 have no place on one. */
  log?: "x" | "y" | "both" | "none";
  /** Most points drawn besides those that stand out. */
  most?: number;
}

/**
 * Two numbers of many users, days or addresses against each other. Points that stand out are all
 * drawn, on top; of the others at most `most`, where left out are such as lie among many.
 * @param frame a row per point; rows without a number in `x` or `y` have no place
 * @example
 * pointsFigure(days, { title: "...", x: "distinct_pages", y: "most_per_second", highlight: "flagged" });
 */
export function pointsFigure(frame: pl.DataFrame, options: PointsFigureOptions): Figure {
  const { title, x, y, label, by, highlight, log = "none", most = 2_000 } = options;
  const named = [label, by, highlight].filter((column) => column !== undefined);
  const any = Object.fromEntries(named.map((column) => [column, "any" as const]));
  requireColumns("pointsFigure", frame, { ...any, [x]: "number", [y]: "number" });
  requireOneOf("pointsFigure", { log }, ["x", "y", "both", "none"]);
  requireNumber("pointsFigure", { most }, { atLeast: 1 });
  const titles = { x: figureText(options.xTitle ?? x), y: figureText(options.yTitle ?? y) };
  const highlightName = figureText(options.highlightName ?? highlight ?? "");
  const isLog = { x: log === "x" || log === "both", y: log === "y" || log === "both" };
  const hasPlace = (value: number, letter: "x" | "y") =>
    Number.isFinite(value) && (value > 0 || !isLog[letter]);
  const all = pointsOf(frame, options);
  const placed = all.filter((point) => hasPlace(point.x, "x") && hasPlace(point.y, "y"));
  const outstanding = placed.filter((point) => point.isOutstanding);
  const others = placed.filter((point) => !point.isOutstanding);
  const along = (letter: "x" | "y") =>
    listOf(others, letter).map((value) => (isLog[letter] ? Math.log10(value) : value));
  const drawn = new Set(thinned(along("x"), along("y"), most).map((place) => others[place]!));
  const groups = grouped(others, ({ group }) => group).sort(
    ([a, m], [b, n]) => n.length - m.length || (a < b ? -1 : 1),
  );
  const text = label === undefined ? "" : "%{text}: ";
  const trace = (name: string, size: number, own: Point[], marker: object): Trace =>
    points({
      ...{ name: `${name} (${formatCount(size)})`, marker },
      ...{ x: listOf(own, "x"), y: listOf(own, "y") },
      ...(text && { text: listOf(own, "label") }),
      hover: `${text}${titles.x} %{x:,}, ${titles.y} %{y:,}`,
    });
  const data = groups.map(([group, own], i) => {
    const name = by === undefined ? figureText(options.name ?? "others") : group;
    const marker = { ...seriesMark(i).marker, size: 6, opacity: 0.55 };
    const shown = own.filter((point) => drawn.has(point));
    return trace(name, own.length, shown, marker);
  });
  if (outstanding.length > 0) {
    data.push(trace(highlightName, outstanding.length, outstanding, { ...UNUSUAL_MARKER }));
  }
  const axis = (letter: "x" | "y") => ({
    title: { text: `${titles[letter]}${isLog[letter] ? " (log scale)" : ""}` },
    showgrid: true,
    ...(isLog[letter] ? logAxis(listOf(placed, letter)) : { type: "linear" }),
  });
  const showlegend = by !== undefined || highlight !== undefined;
  const said = (count: number, before: string, after: string) =>
    count > 0 ? `${before}${formatCount(count)} ${after}` : "";
  const words =
    said(all.length, "", `points by ${titles.x} and ${titles.y}.`) +
    said(outstanding.length, " Marked: ", `${highlightName}.`) +
    said(others.length - drawn.size, " ", "that lie among many others are not drawn.") +
    said(all.length - placed.length, " ", "have no place on these axes and are not drawn.");
  const layout = { xaxis: axis("x"), yaxis: axis("y"), showlegend };
  return figureOf(title, data, layout, words || "No points to show.");
}

type Point = ReturnType<typeof pointsOf>[number];

function pointsOf(frame: pl.DataFrame, options: PointsFigureOptions) {
  const valuesOf = (name?: string) => (name === undefined ? [] : plainValues(frame, name));
  const [xs, ys] = [numbersOf(frame, options.x), numbersOf(frame, options.y)];
  const [labels, groups] = [valuesOf(options.label), valuesOf(options.by)];
  const outstanding = valuesOf(options.highlight);
  return xs.map((x, row) => ({
    x: x ?? Number.NaN,
    y: ys[row] ?? Number.NaN,
    label: figureText(withDaysAsText(labels[row])),
    group: figureText(withDaysAsText(groups[row])),
    isOutstanding: outstanding[row] === true,
  }));
}
