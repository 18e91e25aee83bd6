import type pl from "nodejs-polars";
import { requireColumns } from "../log/require-columns";
import { formatCount, formatNumber } from "../words/format-words";
import type { Figure } from "./figure";
import type { FigureOptions } from "./figure-options";
import { figureText } from "./figure-text";
import { numbersOf, plainValues } from "./plain-values";
import { inPanel, smallPanels } from "./small-panels";
import { COLORS, UNUSUAL_MARKER } from "./theme";

/**
 * How far users are from their neighbors, from the closest to the farthest, in a
 * panel per API, with the knee marked: where distances begin to rise is a usual
 * choice of DBSCAN's `eps`.
 *
 * @param distances `type` (String), `place` (from 1), `distance` (number), as
 *   `kDistances` gives them
 * @param knees `type`, `distance`: a row per API; null where there is no knee
 * @throws {Error} if a column is missing or of another type
 */
export function kDistanceFigure(
  distances: pl.DataFrame,
  knees: pl.DataFrame,
  { title }: FigureOptions,
): Figure {
  requireColumns("kDistanceFigure", distances, "type", "place", "distance");
  requireColumns("kDistanceFigure (knees)", knees, "type", "distance");
  const sorted = distances.sort(["type", "place"]);
  const types = plainValues(sorted, "type") as string[];
  const places = numbersOf(sorted, "place") as number[];
  const heights = numbersOf(sorted, "distance") as number[];
  const kneeHeights = numbersOf(knees, "distance");
  const kneeOf = new Map(
    (plainValues(knees, "type") as string[]).map((type, row) => [type, kneeHeights[row] ?? null]),
  );
  const apis = [...new Set(types)];
  const most = heights.reduce((a, b) => Math.max(a, b), 0);
  const words: string[] = [];
  const panels = apis.map((api) => {
    const knee = kneeOf.get(api) ?? null;
    const said = knee === null ? "no knee" : `knee at ${formatNumber(knee, 3)}`;
    words.push(`${figureText(api)} ${knee === null ? "none" : formatNumber(knee, 3)}`);
    return {
      heading: `${figureText(api)}</b> · ${said}<b>`,
      x: { title: { text: "users, the closest first" }, nticks: 4, rangemode: "tozero" },
      y: { title: { text: "distance" }, nticks: 4, range: [0, most > 0 ? 1.08 * most : 1] },
    };
  });
  const hasKnee = apis.map((api) => (kneeOf.get(api) ?? null) !== null);
  const data = apis.flatMap((api, index): Figure["data"] => {
    const rows = [...types.keys()].filter((row) => types[row] === api);
    const line: Figure["data"][number] = {
      type: "scatter",
      mode: "lines",
      name: "distance to the neighbor",
      ...inPanel(index, index === 0),
      legendgroup: "distance",
      x: rows.map((row) => places[row]!),
      y: rows.map((row) => heights[row]!),
      line: { color: COLORS.usual, width: 2 },
      hovertemplate: `${figureText(api)}: user %{x:,} at %{y:.3f}<extra></extra>`,
    };
    const knee = kneeOf.get(api) ?? null;
    if (knee === null) return [line];
    // The last user who is no farther than the knee.
    const at = rows.filter((row) => heights[row]! <= knee + 1e-12).at(-1) ?? rows[0]!;
    return [
      line,
      {
        type: "scatter",
        mode: "markers",
        name: "knee",
        ...inPanel(index, hasKnee.indexOf(true) === index),
        legendgroup: "knee",
        x: [places[at]!],
        y: [knee],
        marker: { ...UNUSUAL_MARKER },
        hovertemplate: `${figureText(api)}: knee at %{y:.3f}<extra></extra>`,
      },
    ];
  });
  return {
    data,
    layout: { title: { text: title }, ...smallPanels(panels), showlegend: true },
    description:
      apis.length === 0
        ? "No distances to show."
        : `Distances of ${formatCount(types.length)} users to a neighbor, sorted, in a panel per API; knees: ${words.join("; ")}.`,
  };
}
