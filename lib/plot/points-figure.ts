import type pl from "nodejs-polars";
import { requireColumns } from "../log/require-columns";
import { formatCount } from "../words/format-words";
import type { Figure } from "./figure";
import type { FigureOptions } from "./figure-options";
import { figureText } from "./figure-text";
import { logAxis } from "./log-axis";
import { numbersOf, plainValues } from "./plain-values";
import { seriesMark } from "./series-mark";
import { UNUSUAL_MARKER } from "./theme";
import { thinned } from "./thinned";

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
 * Two numbers of many users, days or addresses against each other, those that
 * stand out marked: who is where nobody else is.
 *
 * Points that stand out are always drawn, on top; of the others at most `most`,
 * and left out are such as lie among many. The description says how many.
 *
 * @param frame a row per point; rows without a number in `x` or `y` have no place
 * @throws {RangeError} if `most` is not 1 or more, or `log` is none of its four
 * @throws {Error} if a column is missing or of another type
 * @example
 * pointsFigure(days, {
 *   title: "...", x: "distinct_pages", y: "most_per_second", label: "user_id", highlight: "flagged",
 * });
 */
export function pointsFigure(
  frame: pl.DataFrame,
  {
    title,
    x,
    y,
    label,
    by,
    highlight,
    highlightName = highlight ?? "",
    name = "others",
    xTitle = x,
    yTitle = y,
    log = "none",
    most = 2_000,
  }: PointsFigureOptions,
): Figure {
  const named = [label, by, highlight].filter((column) => column !== undefined);
  requireColumns("pointsFigure", frame, {
    ...Object.fromEntries(named.map((column) => [column, "any" as const])),
    [x]: "number",
    [y]: "number",
  });
  if (!["x", "y", "both", "none"].includes(log)) {
    throw new RangeError(`pointsFigure needs log to be x, y, both or none, got ${log}`);
  }
  if (!(most >= 1)) throw new RangeError(`pointsFigure needs most to be 1 or more, got ${most}`);
  const isLog = { x: log === "x" || log === "both", y: log === "y" || log === "both" };
  const points = pointsOf(frame, { x, y, label, by, highlight });
  const placed = points.filter((point) => hasPlace(point.x, isLog.x) && hasPlace(point.y, isLog.y));
  const outstanding = placed.filter((point) => point.isOutstanding);
  const others = placed.filter((point) => !point.isOutstanding);
  const along = (letter: "x" | "y") =>
    others.map((point) => (isLog[letter] ? Math.log10(point[letter]) : point[letter]));
  const drawn = thinned(along("x"), along("y"), most).map((place) => others[place]!);
  const sizes = new Map<string, number>();
  for (const { group } of others) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  // The largest first, below the others.
  const groups = [...sizes].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const hover = `${label === undefined ? "" : "%{text}: "}${figureText(xTitle)} %{x:,}, ${figureText(yTitle)} %{y:,}`;
  const trace = (name: string, size: number, own: Point[], look: object): Trace => ({
    type: "scatter",
    mode: "markers",
    name: `${name} (${formatCount(size)})`,
    x: own.map((point) => point.x),
    y: own.map((point) => point.y),
    ...(label === undefined ? {} : { text: own.map((point) => point.label) }),
    marker: look,
    hovertemplate: `${hover}<extra></extra>`,
  });
  const data = groups.map(([group, size], i) => {
    const own = drawn.filter((point) => point.group === group);
    return trace(by === undefined ? figureText(name) : group, size, own, {
      ...seriesMark(i).marker,
      size: 6,
      opacity: 0.55,
    });
  });
  if (outstanding.length > 0) {
    const look = { ...UNUSUAL_MARKER };
    data.push(trace(figureText(highlightName), outstanding.length, outstanding, look));
  }
  const axis = (title: string, letter: "x" | "y") => ({
    title: { text: `${figureText(title)}${isLog[letter] ? " (log scale)" : ""}` },
    showgrid: true,
    ...(isLog[letter]
      ? logAxis(placed.map((point) => point[letter]))
      : { type: "linear" as const }),
  });
  return {
    data,
    layout: {
      title: { text: title },
      xaxis: axis(xTitle, "x"),
      yaxis: axis(yTitle, "y"),
      showlegend: by !== undefined || highlight !== undefined,
    },
    description: describe({
      xTitle,
      yTitle,
      all: points.length,
      outstanding: outstanding.length,
      highlightName,
      crowded: others.length - drawn.length,
      homeless: points.length - placed.length,
    }),
  };
}

type Trace = Figure["data"][number];

interface Point {
  x: number;
  y: number;
  label: string;
  group: string;
  isOutstanding: boolean;
}

function pointsOf(
  frame: pl.DataFrame,
  {
    x,
    y,
    label,
    by,
    highlight,
  }: Pick<PointsFigureOptions, "x" | "y" | "label" | "by" | "highlight">,
): Point[] {
  const valuesOf = (column: string | undefined): unknown[] =>
    column === undefined ? [] : (plainValues(frame, column) as unknown[]);
  const [labels, groups, outstanding] = [label, by, highlight].map(valuesOf) as [
    unknown[],
    unknown[],
    unknown[],
  ];
  const ys = numbersOf(frame, y);
  return numbersOf(frame, x).map((value, row) => ({
    x: value ?? Number.NaN,
    y: ys[row] ?? Number.NaN,
    label: figureText(wordOf(labels[row])),
    group: figureText(wordOf(groups[row])),
    isOutstanding: outstanding[row] === true,
  }));
}

function wordOf(value: unknown): unknown {
  return value instanceof Date ? value.toISOString().slice(0, 10) : value;
}

function hasPlace(value: number, isLog: boolean): boolean {
  return Number.isFinite(value) && !(isLog && value <= 0);
}

interface Counts {
  xTitle: string;
  yTitle: string;
  all: number;
  outstanding: number;
  highlightName: string;
  crowded: number;
  homeless: number;
}

function describe(counts: Counts): string {
  const { xTitle, yTitle, all, outstanding, highlightName, crowded, homeless } = counts;
  if (all === 0) return "No points to show.";
  const sentences = [
    `${formatCount(all)} points by ${figureText(xTitle)} and ${figureText(yTitle)}.`,
  ];
  if (outstanding > 0) {
    sentences.push(`Marked: ${formatCount(outstanding)} ${figureText(highlightName)}.`);
  }
  if (crowded > 0) {
    sentences.push(`${formatCount(crowded)} that lie among many others are not drawn.`);
  }
  if (homeless > 0) {
    sentences.push(`${formatCount(homeless)} have no place on these axes and are not drawn.`);
  }
  return sentences.join(" ");
}
