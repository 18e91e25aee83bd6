import type pl from "nodejs-polars";
import { USAGE_FEATURES } from "../group/usage-features";
import { requireColumns } from "../log/require-columns";
import { median } from "../stats/quantile";
import { formatCount } from "../words/format-words";
import { logAxis } from "./axes";
import { type Figure, type FigureOptions, figureOf, type Trace } from "./figure";
import { figureText } from "./figure-text";
import { byGroup, groupMark, groupTitles } from "./group-look";
import { inPanel, panelsAndLegend } from "./panels";

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
    const apis = [...new Set(rows.map((row) => row.type))].sort().join(", ");
    throw new Error(
      `featureBoxesFigure needs a type with users, got "${type}"; the frame has ${apis}`,
    );
  }
  const nameOf = groupTitles("featureBoxesFigure", profiles, type);
  const valuesOf = (own: object[], feature: string) =>
    own
      .map((row) => (row as Record<string, number | null>)[feature])
      .filter((value): value is number => value !== null && value !== undefined);
  const shownOf = (own: object[], feature: string) =>
    valuesOf(own, feature).filter((value) => value > 0 || !log.includes(feature));
  const parts = byGroup(users).map(([label, own]) => ({
    label,
    own,
    name: `${nameOf(label)} (${formatCount(own.length)})`,
  }));
  const axisOf = (feature: string) => {
    if (log.includes(feature)) return logAxis(shownOf(users, feature));
    return units[feature] === undefined
      ? { range: [-0.05, 1.05], nticks: 4 }
      : { rangemode: "tozero", nticks: 5 };
  };
  const data = features.flatMap((feature, index) =>
    parts.map(({ label, own, name }): Trace => {
      const y = shownOf(own, feature);
      return {
        ...{ type: "box", name, x: y.map(() => ALL), y, boxpoints: "outliers" },
        ...{ ...inPanel(index), showlegend: index === 0, legendgroup: String(label) },
        // plotly counts the slots of all panels together.
        offsetgroup: String(label),
        marker: { size: 3, color: groupMark(label).color },
        line: { width: 1 },
      };
    }),
  );
  const medians = features.map((feature) => {
    const all = parts.map(({ own }) =>
      Number((median(valuesOf(own, feature)) || 0).toPrecision(3)),
    );
    return `${figureText(feature)} ${all.join(", ")}`;
  });
  const layout = panelsAndLegend({
    headings: features.map((feature) => `<b>${figureText(feature)}</b>`),
    ...{ columns: 4, gapBeside: 0.06, gapBelow: 44, below: 60 },
    axes: (index) => {
      const feature = features[index]!;
      const unit = figureText(units[feature] ?? "scaled, 0 to 1");
      const text = log.includes(feature) ? `${unit} (log)` : unit;
      return {
        x: { showticklabels: false, ticks: "", type: "category" },
        y: { title: { text }, ...axisOf(feature) },
      };
    },
  });
  const words =
    `Boxes of ${formatCount(users.length)} users by group: ${parts.map(({ name }) => name).join(", ")}. ` +
    `Medians in this order: ${medians.join("; ")}.`;
  return figureOf(title, data, { ...layout, boxmode: "group", showlegend: true }, words);
}
