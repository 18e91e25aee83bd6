import type pl from "nodejs-polars";
import { compareLabels } from "../group/grouped-users";
import {
  type PrincipalComponentsOptions,
  principalComponents,
} from "../group/principal-components";
import { USAGE_FEATURES } from "../group/usage-features";
import { requireColumns } from "../log/require-columns";
import { NOISE_LABEL } from "../stats/labels";
import { median } from "../stats/quantile";
import { formatCount, formatPercent } from "../words/format-words";
import { logAxis } from "./axes";
import { type Figure, type FigureOptions, figureOf, type Trace } from "./figure";
import { figureText } from "./figure-text";
import { inPanels, panelsAndLegend } from "./panels";
import { grouped, largestOf, listOf, rowsOf } from "./rows";
import { COLORS, SERIES_COLORS, SERIES_SYMBOLS } from "./theme";
import { lines, points } from "./traces";

/** A group's color and shape in every figure; gray crosses are in no group. */
export function groupMark(label: number): { color: string; symbol: string } {
  if (label === NOISE_LABEL) return { color: COLORS.reference, symbol: "x" };
  const colors = SERIES_COLORS.filter((color) => color !== COLORS.reference);
  const symbols = SERIES_SYMBOLS.filter((symbol) => symbol !== "x");
  return { color: colors[label % colors.length]!, symbol: symbols[label % symbols.length]! };
}

/** Rows by group, those in none last; a group's name is its number where it has none. */
export function byGroup<R extends { cluster_label: number }>(
  caller: string,
  rows: readonly R[],
  type: string | undefined,
  profiles: pl.DataFrame | undefined,
) {
  const columns = ["type", "cluster_label", "group_name"] as const;
  const named = profiles ? rowsOf(`${caller} (profiles)`, profiles, columns) : [];
  const own = named.filter((row) => row.type === type);
  const names = new Map(own.map((row) => [row.cluster_label, figureText(row.group_name)]));
  const groups = grouped(rows, (row) => row.cluster_label);
  return groups
    .sort(([a], [b]) => compareLabels(a, b))
    .map(([label, own]) => {
      const otherwise = label === NOISE_LABEL ? "in no group" : `group ${label}`;
      const name = names.get(label) ?? otherwise;
      return { label, own, name, sized: `${name} (${formatCount(own.length)})` };
    });
}

export interface FeatureBoxesFigureOptions extends FigureOptions {
  type: string;
  features?: readonly string[];
  /** A column's meaning and unit, for its axis; `scaled, 0 to 1` without. */
  units?: Readonly<Record<string, string>>;
  /** Columns on a logarithmic scale; values at 0 are left out. */
  log?: readonly string[];
  /** Group names, as `groupProfiles` gives them; numbers without. */
  profiles?: pl.DataFrame;
}

/** The one place along x where a panel's boxes stand side by side. */
const ALL = " ";

/**
 * What sets the groups of one API's users apart: a panel per feature, a box per group with the
 * median inside, and points beyond the whiskers.
 * @param groups `type`, `cluster_label` and the features, as `groupUsers` gives them
 * @throws {Error} if the API has no users, or no feature is asked for
 */
export function featureBoxesFigure(
  groups: pl.DataFrame,
  options: FeatureBoxesFigureOptions,
): Figure {
  const { title, type, features = USAGE_FEATURES, units = {}, log = [], profiles } = options;
  const numbers = Object.fromEntries(features.map((name) => [name, "number" as const]));
  requireColumns("featureBoxesFigure", groups, "type", "cluster_label", numbers);
  if (features.length === 0) throw new Error("featureBoxesFigure needs a feature; got none");
  const rows = groups.select(...new Set(["type", "cluster_label", ...features])).toRecords();
  const users = rows.filter((row) => row.type === type) as { cluster_label: number }[];
  if (users.length === 0) {
    const apis = [...new Set(listOf(rows, "type"))].sort().join(", ");
    throw new Error(
      `featureBoxesFigure needs a type with users, got "${type}"; the frame has ${apis}`,
    );
  }
  const parts = byGroup("featureBoxesFigure", users, type, profiles);
  const panels = features.map((feature) => {
    const isLog = log.includes(feature);
    const values = parts.map(({ own }) => {
      const all = (own as Record<string, number | null>[]).map((row) => row[feature] ?? null);
      return all.filter((value) => value !== null);
    });
    const shown = values.map((own) => own.filter((value) => value > 0 || !isLog));
    const medians = values.map((own) => Number((median(own) || 0).toPrecision(3)));
    return { name: figureText(feature), isLog, shown, medians, unit: units[feature] };
  });
  const data = panels.map(({ shown }) => ({
    traces: parts.map(({ label, sized: name }, place): Trace => {
      const y = shown[place]!;
      return {
        ...{ type: "box", name, x: y.map(() => ALL), y, boxpoints: "outliers" },
        // plotly counts the slots of all panels together.
        ...{ legendgroup: String(label), offsetgroup: String(label) },
        ...{ marker: { size: 3, color: groupMark(label).color }, line: { width: 1 } },
      };
    }),
  }));
  const layout = panelsAndLegend({
    headings: panels.map(({ name }) => `<b>${name}</b>`),
    ...{ columns: 4, gapBeside: 0.06, gapBelow: 44, below: 60 },
    axes: (index) => {
      const { isLog, shown, unit } = panels[index]!;
      const text = `${figureText(unit ?? "scaled, 0 to 1")}${isLog ? " (log)" : ""}`;
      const range = unit ? { rangemode: "tozero", nticks: 5 } : { range: [-0.05, 1.05], nticks: 4 };
      const x = { showticklabels: false, ticks: "", type: "category" };
      return { x, y: { title: { text }, ...(isLog ? logAxis(shown.flat()) : range) } };
    },
  });
  const medians = panels.map(({ name, medians }) => `${name} ${medians.join(", ")}`);
  const words =
    `Boxes of ${formatCount(users.length)} users by group: ${listOf(parts, "sized").join(", ")}. ` +
    `Medians in this order: ${medians.join("; ")}.`;
  return figureOf(title, inPanels(data), { ...layout, boxmode: "group", showlegend: true }, words);
}

export interface GroupMapFigureOptions extends FigureOptions, PrincipalComponentsOptions {
  /** Group names, as `groupProfiles` gives them; numbers without. */
  profiles?: pl.DataFrame;
}

/** Loadings shorter than this part of the longest have no line. */
const SHORT = 0.25;

/**
 * An API's users by two principal components, by group: users near each other use it alike. Lines
 * from the center show which way features pull; short ones are left out.
 * @param groups `user_id`, `type`, `cluster_label` and the features, as `groupUsers` gives them
 */
export function groupMapFigure(
  groups: pl.DataFrame,
  { title, profiles, ...options }: GroupMapFigureOptions,
): Figure {
  const { scores, loadings, explained } = principalComponents(groups, options);
  const columns = ["user_id", "cluster_label", "pc1", "pc2"] as const;
  const users = rowsOf("groupMapFigure", scores, columns, { user_id: "any" });
  const parts = byGroup("groupMapFigure", users, options.type, profiles);
  const [first = 0, second = 0] = listOf(rowsOf("groupMapFigure", explained, ["share"]), "share");
  const data = parts.map(({ label, own, sized }) =>
    points({
      ...{ name: sized, x: listOf(own, "pc1").map(rounded), y: listOf(own, "pc2").map(rounded) },
      text: own.map((row) => figureText(row.user_id)),
      marker: { ...groupMark(label), size: 7, opacity: 0.6 },
      hover: "user %{text}<extra>%{fullData.name}</extra>",
    }),
  );
  const arrows = arrowsOf(rowsOf("groupMapFigure", loadings, ["feature", "pc1", "pc2"]), users);
  const pulls = arrows.map(({ name, x, y }) =>
    lines({
      ...{ mode: "text+lines+markers", name, showlegend: false, x: [0, x], y: [0, y] },
      ...{ text: ["", name], textposition: x < 0 ? "top right" : "top left" },
      line: { color: COLORS.reference, width: 1.5 },
      marker: { color: COLORS.reference, size: [0, 6] },
    }),
  );
  const axis = (component: number, share: number) => ({
    title: { text: `component ${component} (${formatPercent(share)} of the variance)` },
    ...{ zeroline: false, type: "linear" },
  });
  const xaxis = { ...axis(1, first), showgrid: true };
  const layout = { height: 560, xaxis, yaxis: axis(2, second), showlegend: true };
  const words =
    `${formatCount(users.length)} users by two principal components, which show ` +
    `${formatPercent(first + second)} of the variance: ${listOf(parts, "sized").join(", ")}. ` +
    `Features that pull most: ${listOf(arrows, "name").join(", ") || "none"}.`;
  return figureOf(title, [...data, ...pulls], layout, words);
}

type Point = { pc1: number; pc2: number };

/** Ends of the lines, as long as the users leave room, the longest first. */
function arrowsOf(loadings: (Point & { feature: string })[], users: Point[]) {
  const extent = (rows: Point[], axis: keyof Point) =>
    largestOf(listOf(rows, axis).map(Math.abs), 0);
  const roomAlong = (axis: keyof Point) =>
    extent(users, axis) / Math.max(extent(loadings, axis), 1e-9);
  const room = Math.min(roomAlong("pc1"), roomAlong("pc2"));
  const length = ({ pc1, pc2 }: Point) => Math.hypot(pc1, pc2);
  const longest = largestOf(loadings.map(length));
  return loadings
    .filter((loading) => room > 0 && length(loading) >= SHORT * longest)
    .sort((a, b) => length(b) - length(a))
    .map(({ feature, pc1, pc2 }) => {
      const [x, y] = [rounded(0.85 * room * pc1), rounded(0.85 * room * pc2)];
      return { name: figureText(feature), x, y };
    });
}

const rounded = (value: number) => Math.round(1e4 * value) / 1e4;
