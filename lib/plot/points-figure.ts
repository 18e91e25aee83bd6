import type pl from "nodejs-polars";
import { requireColumns } from "../log/require-columns";
import { requireNumber, requireOneOf } from "../log/require-option";
import { formatCount } from "../words/format-words";
import { logAxis } from "./axes";
import type { Figure, FigureOptions, Trace } from "./figure";
import { figureText } from "./figure-text";
import { numbersOf, plainValues } from "./plain-values";
import { grouped, withDaysAsText } from "./rows";
import { UNUSUAL_MARKER } from "./theme";
import { thinned } from "./thinned";
import { points, seriesMark } from "./traces";

export interface PointsFigureOptions extends FigureOptions {
  /** Column across (number). */
  x: string;
  /** Column upward (number). */
  y: string;
  /** Column that names a point when it is pointed at; nothing without. */
  label?: string;
  /** Column of groups, each with its own marker (text, or whatever has few values); one group without. */
  by?: string;
  /** Column that says which points stand out (Boolean; null is no); none without. */
  highlight?: string;
  /** What those that stand out are, for the legend. */
  highlightName?: string;
  /** What the others are, for the legend, where `by` names no groups. */
  name?: string;
  /** Titles of the axes, with units; the columns' names without. */
  xTitle?: string;
  yTitle?: string;
  /** Axes with a logarithmic scale. Points at or below 0 have no place on one. */
  log?: "x" | "y" | "both" | "none";
  /** Most points drawn besides those that stand out. */
  most?: number;
}

/**
 * Two numbers of many users, days or addresses against each other, those that stand out marked: who
 * is where nobody else is. Points that stand out are always drawn, on top; of the others at most
 * `most`, and left out are such as lie among many. The description says how many.
 *
 * @param frame a row per point; rows without a number in `x` or `y` have no place
 * @throws {RangeError} if `most` is not 1 or more, or `log` is none of its four
 * @throws {Error} if a column is missing or of another type
 * @example
 * pointsFigure(days, {
 *   title: "...", x: "distinct_pages", y: "most_per_second", label: "user_id", highlight: "flagged",
 * });
 */
export function pointsFigure(frame: pl.DataFrame, options: PointsFigureOptions): Figure {
  const { title, x, y, label, by, highlight, log = "none", most = 2_000 } = options;
  const named = [label, by, highlight].filter((column) => column !== undefined);
  requireColumns("pointsFigure", frame, {
    ...Object.fromEntries(named.map((column) => [column, "any" as const])),
    [x]: "number",
    [y]: "number",
  });
  requireOneOf("pointsFigure", { log }, ["x", "y", "both", "none"]);
  requireNumber("pointsFigure", { most }, { atLeast: 1 });
  const [xTitle, yTitle] = [figureText(options.xTitle ?? x), figureText(options.yTitle ?? y)];
  const highlightName = figureText(options.highlightName ?? highlight ?? "");
  const isLog = { x: log === "x" || log === "both", y: log === "y" || log === "both" };
  const hasPlace = (value: number, isLog: boolean) =>
    Number.isFinite(value) && !(isLog && value <= 0);
  const all = pointsOf(frame, options);
  const placed = all.filter((point) => hasPlace(point.x, isLog.x) && hasPlace(point.y, isLog.y));
  const outstanding = placed.filter((point) => point.isOutstanding);
  const others = placed.filter((point) => !point.isOutstanding);
  const along = (letter: "x" | "y") =>
    others.map((point) => (isLog[letter] ? Math.log10(point[letter]) : point[letter]));
  const drawn = new Set(thinned(along("x"), along("y"), most).map((place) => others[place]!));
  // The largest first, below the others.
  const groups = grouped(others, ({ group }) => group).sort(
    ([a, m], [b, n]) => n.length - m.length || (a < b ? -1 : 1),
  );
  const trace = (name: string, size: number, own: Point[], marker: object): Trace =>
    points({
      name: `${name} (${formatCount(size)})`,
      x: own.map((point) => point.x),
      y: own.map((point) => point.y),
      ...(label !== undefined && { text: own.map((point) => point.label) }),
      marker,
      hover: `${label === undefined ? "" : "%{text}: "}${xTitle} %{x:,}, ${yTitle} %{y:,}`,
    });
  const name = figureText(options.name ?? "others");
  const data = groups.map(([group, own], i) => {
    const marker = { ...seriesMark(i).marker, size: 6, opacity: 0.55 };
    const shown = own.filter((point) => drawn.has(point));
    return trace(by === undefined ? name : group, own.length, shown, marker);
  });
  if (outstanding.length > 0) {
    data.push(trace(highlightName, outstanding.length, outstanding, { ...UNUSUAL_MARKER }));
  }
  const axis = (title: string, letter: "x" | "y") => ({
    title: { text: `${title}${isLog[letter] ? " (log scale)" : ""}` },
    showgrid: true,
    ...(isLog[letter]
      ? logAxis(placed.map((point) => point[letter]))
      : { type: "linear" as const }),
  });
  const sentences = [
    [all.length, `points by ${xTitle} and ${yTitle}.`],
    [outstanding.length, `${highlightName}.`],
    [others.length - drawn.size, "that lie among many others are not drawn."],
    [all.length - placed.length, "have no place on these axes and are not drawn."],
  ] as const;
  const words = sentences.map(([count, what], i) =>
    count > 0 ? [`${i === 1 ? "Marked: " : ""}${formatCount(count)} ${what}`] : [],
  );
  return {
    data,
    layout: {
      title: { text: title },
      xaxis: axis(xTitle, "x"),
      yaxis: axis(yTitle, "y"),
      showlegend: by !== undefined || highlight !== undefined,
    },
    description: all.length === 0 ? "No points to show." : words.flat().join(" "),
  };
}

interface Point {
  x: number;
  y: number;
  label: string;
  group: string;
  isOutstanding: boolean;
}

function pointsOf(
  frame: pl.DataFrame,
  { x, y, label, by, highlight }: PointsFigureOptions,
): Point[] {
  const valuesOf = (column: string | undefined) =>
    column === undefined ? [] : plainValues(frame, column);
  const [labels, groups, outstanding] = [valuesOf(label), valuesOf(by), valuesOf(highlight)];
  const ys = numbersOf(frame, y);
  return numbersOf(frame, x).map((value, row) => ({
    x: value ?? Number.NaN,
    y: ys[row] ?? Number.NaN,
    label: figureText(withDaysAsText(labels[row])),
    group: figureText(withDaysAsText(groups[row])),
    isOutstanding: outstanding[row] === true,
  }));
}
