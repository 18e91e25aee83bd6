import type pl from "nodejs-polars";
import { formatCount, formatNumber } from "../words/format-words";
import { type Figure, type FigureOptions, figureOf, listed, type Trace } from "./figure";
import { figureText } from "./figure-text";
import { inPanel, panelsAndLegend } from "./panels";
import { grouped, inOrder, largestOf, rowsOf } from "./rows";
import { COLORS, UNUSUAL_MARKER } from "./theme";
import { lines, points } from "./traces";

/**
 * How far users are from their neighbors, closest first, as `kDistances` gives it, in a panel per
 * API, with the knee marked: a usual choice of DBSCAN's `eps`.
 * @param knees `type`, `distance`: a row per API; null where there is no knee
 */
export function kDistanceFigure(
  distances: pl.DataFrame,
  knees: pl.DataFrame,
  { title }: FigureOptions,
): Figure {
  const given = rowsOf("kDistanceFigure", distances, ["type", "place", "distance"]);
  const rows = inOrder(given, "type", "place");
  const bends = rowsOf("kDistanceFigure (knees)", knees, ["type", "distance"]);
  const apis = grouped(rows, ({ type }) => type).map(([type, users]) => {
    const knee = bends.find((row) => row.type === type)?.distance ?? null;
    const said = knee === null ? "none" : formatNumber(knee, 3);
    return { api: figureText(type), users, knee, said };
  });
  const firstKnee = apis.findIndex(({ knee }) => knee !== null);
  const data = apis.flatMap(({ api, users, knee }, index): Trace[] => {
    const line = lines({
      name: "distance to the neighbor",
      ...{ ...inPanel(index), showlegend: index === 0, legendgroup: "distance" },
      x: users.map(({ place }) => place),
      y: users.map(({ distance }) => distance),
      line: { color: COLORS.usual, width: 2 },
      hover: `${api}: user %{x:,} at %{y:.3f}`,
    });
    if (knee === null) return [line];
    const at = users.filter(({ distance }) => distance <= knee + 1e-12).at(-1) ?? users[0]!;
    const mark = points({
      ...{ name: "knee", x: [at.place], y: [knee], marker: { ...UNUSUAL_MARKER } },
      ...{ ...inPanel(index), showlegend: index === firstKnee, legendgroup: "knee" },
      hover: `${api}: knee at %{y:.3f}`,
    });
    return [line, mark];
  });
  const most = largestOf(
    rows.map(({ distance }) => distance),
    0,
  );
  const layout = panelsAndLegend({
    headings: apis.map(
      ({ api, said }) => `<b>${api}</b> · ${said === "none" ? "no knee" : `knee at ${said}`}`,
    ),
    axes: () => ({
      x: { title: { text: "users, the closest first" }, nticks: 4, rangemode: "tozero" },
      y: { title: { text: "distance" }, nticks: 4, range: [0, most > 0 ? 1.08 * most : 1] },
    }),
  });
  const described = listed(
    "distances",
    `Distances of ${formatCount(rows.length)} users to a neighbor, sorted, in a panel per API; knees`,
    apis.map(({ api, said }) => `${api} ${said}`),
  );
  return figureOf(title, data, { ...layout, showlegend: true }, described);
}
