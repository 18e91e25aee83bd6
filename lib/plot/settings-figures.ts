import type pl from "nodejs-polars";
import { formatCount, formatNumber } from "../words/format-words";
import { type Figure, type FigureOptions, figureOf, listed } from "./figure";
import { figureText } from "./figure-text";
import { inPanels, panelsAndLegend } from "./panels";
import { inGroups, largestOf, listOf, type Row, rowsOf } from "./rows";
import { COLORS, UNUSUAL_MARKER } from "./theme";
import { lines, points, seriesMark } from "./traces";

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
  const rows = rowsOf("kDistanceFigure", distances, ["type", "place", "distance"]);
  const bends = rowsOf("kDistanceFigure (knees)", knees, ["type", "distance"]);
  const kneeOf = (type: string) => bends.find((row) => row.type === type)?.distance ?? null;
  const firstKnee = inGroups(rows, "type").find(([type]) => kneeOf(type) !== null)?.[0];
  const panels = inGroups(rows, "type", "place").map(([type, users]) => {
    const [api, knee] = [figureText(type), kneeOf(type)];
    const said = knee === null ? "none" : formatNumber(knee, 3);
    const line = lines({
      ...{ name: "distance to the neighbor", legendgroup: "distance" },
      ...{ x: listOf(users, "place"), y: listOf(users, "distance") },
      line: { color: COLORS.usual, width: 2 },
      hover: `${api}: user %{x:,} at %{y:.3f}`,
    });
    const words = `${api} ${said}`;
    if (knee === null) return { heading: `<b>${api}</b> · no knee`, traces: [line], words };
    const at = users.filter(({ distance }) => distance <= knee + 1e-12).at(-1) ?? users[0]!;
    const mark = points({
      ...{ name: "knee", x: [at.place], y: [knee], marker: { ...UNUSUAL_MARKER } },
      ...{ showlegend: type === firstKnee, hover: `${api}: knee at %{y:.3f}` },
    });
    return { heading: `<b>${api}</b> · knee at ${said}`, traces: [line, mark], words };
  });
  const most = largestOf(listOf(rows, "distance"), 0);
  const layout = panelsAndLegend({
    headings: listOf(panels, "heading"),
    axes: () => ({
      x: { title: { text: "users, the closest first" }, nticks: 4, rangemode: "tozero" },
      y: { title: { text: "distance" }, nticks: 4, range: [0, most > 0 ? 1.08 * most : 1] },
    }),
  });
  const what = `Distances of ${formatCount(rows.length)} users to a neighbor, sorted, in a panel per API; knees`;
  const described = listed("distances", what, listOf(panels, "words"));
  return figureOf(title, inPanels(panels), { ...layout, showlegend: true }, described);
}

const DIGITS = 1.04;
const NONE = "no silhouette";

/**
 * What each setting of `min_samples` does, in a panel per API: the silhouette, the share of users
 * in no group, and the number of groups where it changes.
 * @param sweep what `groupUsers` gives
 * @param groups of `groupUsers` too, for the number of users per API
 * @throws {Error} if an API of the sweep has no users in `groups`
 */
export function sweepPanelsFigure(
  sweep: pl.DataFrame,
  groups: pl.DataFrame,
  { title }: FigureOptions,
): Figure {
  const columns = ["type", "min_samples", "clusters", "noise", "silhouette"] as const;
  const rows = rowsOf("sweepPanelsFigure", sweep, columns);
  const users = rowsOf("sweepPanelsFigure (groups)", groups, ["type"]);
  const panels = inGroups(rows, "type", "min_samples").map(([type, settings]) => {
    const [api, best] = [figureText(type), bestOf(settings)];
    const count = users.filter((user) => user.type === type).length;
    if (count === 0) {
      throw new Error(
        `sweepPanelsFigure needs the groups of the sweep; they have no users of ${api}`,
      );
    }
    const trace = { mode: "lines+markers", x: listOf(settings, "min_samples") } as const;
    const clusters = listOf(settings, "clusters");
    const traces = [
      lines({
        ...{ ...trace, name: "silhouette", ...mark(0, COLORS.usual) },
        y: listOf(settings, "silhouette"),
        hover: "min_samples %{x}: silhouette %{y:.3f}",
      }),
      lines({
        ...{ ...trace, name: "share of users in no group", ...mark(4, COLORS.reference) },
        y: settings.map(({ noise }) => noise / count),
        customdata: listOf(settings, "noise"),
        hover: "min_samples %{x}: %{y:.1%} in no group (%{customdata:,})",
      }),
      lines({
        ...{ ...trace, mode: "text", name: "number of groups", showlegend: false },
        ...{ y: clusters.map(() => DIGITS), customdata: clusters },
        text: clusters.map((own, i) => (own === clusters[i - 1] ? "" : String(own))),
        ...{ textposition: "top center", textfont: { size: 11 } },
        hover: "min_samples %{x}: %{customdata} groups",
      }),
    ];
    const heading = `<b>${api}</b> · ${best === NONE ? best : `best ${best}`}`;
    return { heading, traces, words: `${api} ${best}` };
  });
  const least = Math.min(0, ...listOf(rows, "silhouette"));
  const layout = panelsAndLegend({
    headings: listOf(panels, "heading"),
    axes: () => ({
      x: { title: { text: "min_samples · digits: groups" }, nticks: 6 },
      y: {
        ...{ title: { text: "silhouette, share" }, tickvals: [0, 0.5, 1] },
        range: [Math.min(-0.05, 1.1 * least), DIGITS + 0.2],
      },
    }),
  });
  const what =
    "Silhouette, share of users in no group and, in digits, number of groups by min_samples, in a panel per API. Highest silhouette";
  const described = listed("settings", what, listOf(panels, "words"));
  return figureOf(title, inPanels(panels), { ...layout, showlegend: true }, described);
}

function bestOf(settings: Row<"min_samples" | "silhouette">[]): string {
  const known = settings.filter(({ silhouette }) => silhouette !== null);
  const [best] = known.sort((a, b) => b.silhouette - a.silhouette);
  return best ? `${best.silhouette.toFixed(3)} at ${best.min_samples}` : NONE;
}

function mark(place: number, color: string) {
  const { line, marker } = seriesMark(place, color);
  return { line: { ...line, width: 1.5 }, marker: { ...marker, size: 5 } };
}
