import type pl from "nodejs-polars";
import { compareLabels } from "../group/grouped-users";
import {
  type PrincipalComponentsOptions,
  principalComponents,
} from "../group/principal-components";
import { formatCount, formatPercent } from "../words/format-words";
import type { Figure } from "./figure";
import type { FigureOptions } from "./figure-options";
import { figureText } from "./figure-text";
import { groupMark, groupNamesOf, groupTitle } from "./group-look";
import { numbersOf, plainValues } from "./plain-values";
import { COLORS } from "./theme";

export interface GroupMapFigureOptions extends FigureOptions, PrincipalComponentsOptions {
  /** Names of groups, as `groupProfiles` gives them; their numbers without. */
  profiles?: pl.DataFrame;
}

/** Loadings shorter than this part of the longest have no line: they would be a knot at the center. */
const SHORT = 0.25;

/**
 * All users of an API as points in two dimensions, by group: users near each other
 * use it alike. The dimensions are the two in which users differ most
 * (`principalComponents`), and the axes say how much of all differences they show.
 * Lines from the center show what features pull in which direction, all drawn
 * longer by one factor; short ones are left out.
 *
 * @param groups `user_id`, `type`, `cluster_label` and the features, as `groupUsers` gives them
 * @throws {RangeError} if there are fewer than two users or features
 * @throws {Error} if a column is missing or of another type
 */
export function groupMapFigure(
  groups: pl.DataFrame,
  { title, profiles, ...options }: GroupMapFigureOptions,
): Figure {
  const names = groupNamesOf("groupMapFigure", profiles, options.type);
  const { scores, loadings, explained } = principalComponents(groups, options);
  const [x, y] = [numbersOf(scores, "pc1"), numbersOf(scores, "pc2")] as [number[], number[]];
  const labelOf = numbersOf(scores, "cluster_label") as number[];
  const ids = plainValues(scores, "user_id").map((id) => figureText(id));
  const shares = numbersOf(explained, "share") as number[];
  const labels = [...new Set(labelOf)].sort(compareLabels);
  const sizes: string[] = [];
  const data = labels.map((label): Figure["data"][number] => {
    const rows = [...labelOf.keys()].filter((row) => labelOf[row] === label);
    const { color, symbol } = groupMark(label);
    const name = `${groupTitle(label, names)} (${formatCount(rows.length)})`;
    sizes.push(name);
    return {
      type: "scatter",
      mode: "markers",
      name,
      x: rows.map((row) => rounded(x[row]!)),
      y: rows.map((row) => rounded(y[row]!)),
      text: rows.map((row) => ids[row]!),
      marker: { color, symbol, size: 7, opacity: 0.6 },
      hovertemplate: "user %{text}<extra>%{fullData.name}</extra>",
    };
  });
  const arrows = arrowsOf(loadings, { x, y });
  data.push(...arrows.map(arrowTrace));
  const axis = (component: number) => ({
    title: {
      text: `component ${component + 1} (${formatPercent(shares[component] ?? 0)} of the variance)`,
    },
    zeroline: false,
    type: "linear" as const,
  });
  return {
    data,
    layout: {
      title: { text: title },
      height: 560,
      xaxis: { ...axis(0), showgrid: true },
      yaxis: axis(1),
      showlegend: true,
    },
    description:
      `${formatCount(x.length)} users by two principal components, which show ` +
      `${formatPercent((shares[0] ?? 0) + (shares[1] ?? 0))} of the variance: ${sizes.join(", ")}. ` +
      `Features that pull most: ${arrows.map(({ name }) => name).join(", ") || "none"}.`,
  };
}

interface Arrow {
  name: string;
  x: number;
  y: number;
}

/** The longer loadings, drawn to fill most of the picture. */
function arrowsOf(loadings: pl.DataFrame, points: { x: number[]; y: number[] }): Arrow[] {
  const names = plainValues(loadings, "feature");
  const [along, up] = [numbersOf(loadings, "pc1"), numbersOf(loadings, "pc2")] as [
    number[],
    number[],
  ];
  const longest = Math.max(...along.map((value, i) => Math.hypot(value, up[i]!)));
  const extent = (values: number[]) => values.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
  const room = Math.min(
    extent(points.x) / Math.max(extent(along), 1e-9),
    extent(points.y) / Math.max(extent(up), 1e-9),
  );
  return names
    .map((name, i) => ({
      name: figureText(name),
      length: Math.hypot(along[i]!, up[i]!),
      x: rounded(0.85 * room * along[i]!),
      y: rounded(0.85 * room * up[i]!),
    }))
    .filter(({ length }) => length >= SHORT * longest && room > 0)
    .sort((a, b) => b.length - a.length);
}

function arrowTrace({ name, x, y }: Arrow): Figure["data"][number] {
  return {
    type: "scatter",
    mode: "text+lines+markers" as "lines",
    name,
    showlegend: false,
    x: [0, x],
    y: [0, y],
    text: ["", name],
    // Toward the center, where there is room on a narrow page too.
    textposition: x < 0 ? "top right" : "top left",
    line: { color: COLORS.reference, width: 1.5 },
    marker: { color: COLORS.reference, size: [0, 6] },
    hoverinfo: "skip",
  };
}

function rounded(value: number): number {
  return Math.round(1e4 * value) / 1e4;
}
