import type pl from "nodejs-polars";
import {
  type PrincipalComponentsOptions,
  principalComponents,
} from "../group/principal-components";
import { formatCount, formatPercent } from "../words/format-words";
import { type Figure, type FigureOptions, figureOf } from "./figure";
import { figureText } from "./figure-text";
import { byGroup, groupMark, groupTitles } from "./group-look";
import { largestOf, rowsOf } from "./rows";
import { COLORS } from "./theme";
import { lines, points } from "./traces";

export interface GroupMapFigureOptions extends FigureOptions, PrincipalComponentsOptions {
  /** Group names, as `groupProfiles` gives them; numbers without. */
  profiles?: pl.DataFrame;
}

/**
 * An API's users by two principal components, by group: users near each other use it alike. Lines
 * from the center show which way features pull; short ones are left out.
 * @param groups `user_id`, `type`, `cluster_label` and the features, as `groupUsers` gives them
 */
export function groupMapFigure(
  groups: pl.DataFrame,
  { title, profiles, ...options }: GroupMapFigureOptions,
): Figure {
  const nameOf = groupTitles("groupMapFigure", profiles, options.type);
  const { scores, loadings, explained } = principalComponents(groups, options);
  const columns = ["user_id", "cluster_label", "pc1", "pc2"] as const;
  const users = rowsOf("groupMapFigure", scores, columns, { user_id: "any" });
  const [first = 0, second = 0] = rowsOf("groupMapFigure", explained, ["share"]).map(
    ({ share }) => share,
  );
  const data = byGroup(users).map(([label, own]) =>
    points({
      name: `${nameOf(label)} (${formatCount(own.length)})`,
      x: own.map(({ pc1 }) => rounded(pc1)),
      y: own.map(({ pc2 }) => rounded(pc2)),
      text: own.map((row) => figureText(row.user_id)),
      marker: { ...groupMark(label), size: 7, opacity: 0.6 },
      hover: "user %{text}<extra>%{fullData.name}</extra>",
    }),
  );
  const arrows = arrowsOf(rowsOf("groupMapFigure", loadings, ["feature", "pc1", "pc2"]), users);
  const axis = (component: number, share: number) => ({
    title: { text: `component ${component} (${formatPercent(share)} of the variance)` },
    ...{ zeroline: false, type: "linear" as const },
  });
  const layout = {
    height: 560,
    xaxis: { ...axis(1, first), showgrid: true },
    yaxis: axis(2, second),
    showlegend: true,
  };
  const words =
    `${formatCount(users.length)} users by two principal components, which show ` +
    `${formatPercent(first + second)} of the variance: ${data.map(({ name }) => name).join(", ")}. ` +
    `Features that pull most: ${arrows.map(({ name }) => name).join(", ") || "none"}.`;
  return figureOf(title, [...data, ...arrows.map(arrowTrace)], layout, words);
}

interface Arrow {
  name: string;
  x: number;
  y: number;
}

type Point = { pc1: number; pc2: number };

/** Loadings shorter than this part of the longest have no line. */
const SHORT = 0.25;

function arrowsOf(loadings: (Point & { feature: string })[], users: Point[]): Arrow[] {
  const extent = (rows: Point[], axis: keyof Point) =>
    largestOf(
      rows.map((row) => Math.abs(row[axis])),
      0,
    );
  const room = Math.min(
    ...(["pc1", "pc2"] as const).map(
      (axis) => extent(users, axis) / Math.max(extent(loadings, axis), 1e-9),
    ),
  );
  if (room <= 0) return [];
  const length = ({ pc1, pc2 }: Point) => Math.hypot(pc1, pc2);
  const longest = largestOf(loadings.map(length));
  return loadings
    .filter((loading) => length(loading) >= SHORT * longest)
    .sort((a, b) => length(b) - length(a))
    .map(({ feature, pc1, pc2 }) => ({
      name: figureText(feature),
      x: rounded(0.85 * room * pc1),
      y: rounded(0.85 * room * pc2),
    }));
}

function arrowTrace({ name, x, y }: Arrow) {
  return lines({
    mode: "text+lines+markers",
    name,
    showlegend: false,
    x: [0, x],
    y: [0, y],
    text: ["", name],
    textposition: x < 0 ? "top right" : "top left",
    line: { color: COLORS.reference, width: 1.5 },
    marker: { color: COLORS.reference, size: [0, 6] },
  });
}

const rounded = (value: number) => Math.round(1e4 * value) / 1e4;
