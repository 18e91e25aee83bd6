import type pl from "nodejs-polars";
import { requireColumns } from "../log/require-columns";
import type { Figure } from "./figure";
import type { FigureOptions } from "./figure-options";
import { figureText } from "./figure-text";
import { numbersOf, plainValues } from "./plain-values";
import { seriesMark } from "./series-mark";
import { inPanel, smallPanels } from "./small-panels";
import { COLORS } from "./theme";

/**
 * What each setting of `min_samples` does, in a panel per API: the silhouette, the
 * share of users in no group, and in digits above both how many groups there are
 * from there on. A
 * high silhouette with nearly everybody in no group is no finding, and one that
 * only a single setting reaches is luck: both are seen here.
 *
 * @param sweep the sweep that `groupUsers` gives
 * @param groups the groups that `groupUsers` gives, for the number of users per API
 * @throws {Error} if a column is missing or of another type, or an API of the
 *   sweep has no users in `groups`
 */
export function sweepPanelsFigure(
  sweep: pl.DataFrame,
  groups: pl.DataFrame,
  { title }: FigureOptions,
): Figure {
  requireColumns(
    "sweepPanelsFigure",
    sweep,
    "type",
    "min_samples",
    "clusters",
    "noise",
    "silhouette",
  );
  requireColumns("sweepPanelsFigure (groups)", groups, "type");
  const sorted = sweep.sort(["type", "min_samples"]);
  const types = plainValues(sorted, "type") as string[];
  const [settings, clusters, noise, silhouettes] = [
    "min_samples",
    "clusters",
    "noise",
    "silhouette",
  ].map((name) => numbersOf(sorted, name)) as [number[], number[], number[], (number | null)[]];
  const users = new Map<unknown, number>();
  for (const type of plainValues(groups, "type")) users.set(type, (users.get(type) ?? 0) + 1);
  const apis = [...new Set(types)];
  const least = silhouettes.reduce<number>((a, b) => Math.min(a, b ?? 0), 0);
  const words: string[] = [];
  const panels = apis.map((api) => {
    const rows = [...types.keys()].filter((row) => types[row] === api);
    const top = rows.reduce<number | null>(
      (a, b) =>
        silhouettes[b] !== null && (a === null || silhouettes[b]! > silhouettes[a]!) ? b : a,
      null,
    );
    const best =
      top === null ? "no silhouette" : `${silhouettes[top]!.toFixed(3)} at ${settings[top]}`;
    words.push(`${figureText(api)} ${best}`);
    return {
      heading: `${figureText(api)}</b> · ${top === null ? best : `best ${best}`}<b>`,
      x: { title: { text: "min_samples · digits: groups" }, nticks: 6 },
      y: {
        title: { text: "silhouette, share" },
        range: [Math.min(-0.05, 1.1 * least), DIGITS + 0.2],
        tickvals: [0, 0.5, 1],
      },
    };
  });
  const data = apis.flatMap((api, index): Figure["data"] => {
    const rows = [...types.keys()].filter((row) => types[row] === api);
    const all = users.get(api);
    if (all === undefined) {
      throw new Error(
        `sweepPanelsFigure needs the groups of the sweep; they have no users of ${figureText(api)}`,
      );
    }
    const shared = {
      type: "scatter" as const,
      x: rows.map((row) => settings[row]!),
      connectgaps: false,
    };
    const place = inPanel(index, index === 0);
    return [
      {
        ...shared,
        ...place,
        mode: "lines+markers",
        name: "silhouette",
        legendgroup: "silhouette",
        ...mark(0, COLORS.usual),
        y: rows.map((row) => silhouettes[row]!),
        hovertemplate: "min_samples %{x}: silhouette %{y:.3f}<extra></extra>",
      },
      {
        ...shared,
        ...place,
        mode: "lines+markers",
        name: "share of users in no group",
        legendgroup: "noise",
        ...mark(4, COLORS.reference),
        y: rows.map((row) => noise[row]! / all),
        customdata: rows.map((row) => noise[row]!),
        hovertemplate: "min_samples %{x}: %{y:.1%} in no group (%{customdata:,})<extra></extra>",
      },
      {
        ...shared,
        ...place,
        mode: "text",
        name: "number of groups",
        showlegend: false,
        y: rows.map(() => DIGITS),
        // Where it changes: each setting's own would run together on a small panel.
        text: rows.map((row, i) =>
          i > 0 && clusters[row] === clusters[rows[i - 1]!] ? "" : String(clusters[row]!),
        ),
        customdata: rows.map((row) => clusters[row]!),
        textposition: "top center",
        textfont: { size: 11 },
        hovertemplate: "min_samples %{x}: %{customdata} groups<extra></extra>",
      },
    ];
  });
  return {
    data,
    layout: { title: { text: title }, ...smallPanels(panels), showlegend: true },
    description:
      apis.length === 0
        ? "No settings to show."
        : `Silhouette, share of users in no group and, in digits, number of groups by min_samples, in a panel per API. Highest silhouette: ${words.join("; ")}.`,
  };
}

/** Height at which the number of groups stands. */
const DIGITS = 1.04;

function mark(place: number, color: string) {
  const { line, marker } = seriesMark(place, color);
  return { line: { ...line, width: 1.5 }, marker: { ...marker, size: 5 } };
}
