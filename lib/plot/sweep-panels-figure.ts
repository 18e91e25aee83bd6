import type pl from "nodejs-polars";
import { type Figure, type FigureOptions, figureOf, listed, type Trace } from "./figure";
import { figureText } from "./figure-text";
import { inPanel, panelsAndLegend } from "./panels";
import { grouped, inOrder, type Row, rowsOf } from "./rows";
import { COLORS } from "./theme";
import { lines, seriesMark, type TraceOptions } from "./traces";

type Setting = Row<"type" | "min_samples" | "clusters" | "noise" | "silhouette">;

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
  const rows = inOrder(rowsOf("sweepPanelsFigure", sweep, columns), "type", "min_samples");
  const users = rowsOf("sweepPanelsFigure (groups)", groups, ["type"]);
  const apis = grouped(rows, ({ type }) => type).map(([type, settings]) => {
    const count = users.filter((user) => user.type === type).length;
    return { api: figureText(type), count, settings, best: bestOf(settings) };
  });
  const without = apis.find(({ count }) => count === 0);
  if (without) {
    throw new Error(
      `sweepPanelsFigure needs the groups of the sweep; they have no users of ${without.api}`,
    );
  }
  const least = Math.min(0, ...rows.map(({ silhouette }) => silhouette));
  const layout = panelsAndLegend({
    headings: apis.map(
      ({ api, best }) => `<b>${api}</b> · ${best === NONE ? best : `best ${best}`}`,
    ),
    axes: () => ({
      x: { title: { text: "min_samples · digits: groups" }, nticks: 6 },
      y: {
        title: { text: "silhouette, share" },
        range: [Math.min(-0.05, 1.1 * least), DIGITS + 0.2],
        tickvals: [0, 0.5, 1],
      },
    }),
  });
  const data = apis.flatMap((own, index) => panelTraces(own.settings, own.count, index));
  const described = listed(
    "settings",
    "Silhouette, share of users in no group and, in digits, number of groups by min_samples, in a panel per API. Highest silhouette",
    apis.map(({ api, best }) => `${api} ${best}`),
  );
  return figureOf(title, data, { ...layout, showlegend: true }, described);
}

const DIGITS = 1.04;
const NONE = "no silhouette";

function bestOf(settings: Setting[]): string {
  const known = settings.filter(({ silhouette }) => silhouette !== null);
  const [best] = known.sort((a, b) => b.silhouette - a.silhouette);
  return best ? `${best.silhouette.toFixed(3)} at ${best.min_samples}` : NONE;
}

function panelTraces(settings: Setting[], users: number, index: number): Trace[] {
  const trace = (of: (row: Setting) => number, options: TraceOptions) =>
    lines({
      ...{ mode: "lines+markers", ...inPanel(index), showlegend: index === 0, connectgaps: false },
      x: settings.map((row) => row.min_samples),
      y: settings.map(of),
      ...options,
    });
  return [
    trace(({ silhouette }) => silhouette, {
      ...{ name: "silhouette", legendgroup: "silhouette", ...mark(0, COLORS.usual) },
      hover: "min_samples %{x}: silhouette %{y:.3f}",
    }),
    trace(({ noise }) => noise / users, {
      name: "share of users in no group",
      legendgroup: "noise",
      ...mark(4, COLORS.reference),
      customdata: settings.map(({ noise }) => noise),
      hover: "min_samples %{x}: %{y:.1%} in no group (%{customdata:,})",
    }),
    trace(() => DIGITS, {
      ...{ mode: "text", name: "number of groups", showlegend: false },
      text: settings.map(({ clusters }, i) =>
        clusters === settings[i - 1]?.clusters ? "" : String(clusters),
      ),
      customdata: settings.map(({ clusters }) => clusters),
      ...{ textposition: "top center", textfont: { size: 11 } },
      hover: "min_samples %{x}: %{customdata} groups",
    }),
  ];
}

function mark(place: number, color: string) {
  const { line, marker } = seriesMark(place, color);
  return { line: { ...line, width: 1.5 }, marker: { ...marker, size: 5 } };
}
