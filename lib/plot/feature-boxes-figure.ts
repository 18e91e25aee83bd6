import pl from "nodejs-polars";
import { compareLabels } from "../group/grouped-users";
import { USAGE_FEATURES } from "../group/usage-features";
import { requireColumns } from "../log/require-columns";
import { median } from "../stats/median";
import { formatCount } from "../words/format-words";
import type { Figure } from "./figure";
import type { FigureOptions } from "./figure-options";
import { figureText } from "./figure-text";
import { groupMark, groupNamesOf, groupTitle } from "./group-look";
import { logAxis } from "./log-axis";
import { numbersOf, plainValues } from "./plain-values";
import { inPanel, smallPanels } from "./small-panels";

export interface FeatureBoxesFigureOptions extends FigureOptions {
  /** Which API's users to show. */
  type: string;
  /** Columns to show, a panel each. */
  features?: readonly string[];
  /** What a column is, with its unit, for its axis; `scaled, 0 to 1` where not given. */
  units?: Readonly<Record<string, string>>;
  /** Columns on a logarithmic scale: calls, whose values span powers of ten. Values at 0 have no place. */
  log?: readonly string[];
  /** Names of groups, as `groupProfiles` gives them; their numbers without. */
  profiles?: pl.DataFrame;
}

/**
 * What sets the groups of one API's users apart: a panel per feature, a box per
 * group from the quartiles with the median inside, and points beyond the whiskers.
 *
 * Where one panel's boxes lie apart, that feature tells the groups; where they
 * overlap, it does not. Any number columns beside the label can be shown, such as habits in
 * days and calls.
 *
 * @param groups `type`, `cluster_label` and the features, as `groupUsers` gives them
 * @throws {Error} if a column is missing or of another type, the API has no users, or no
 *   feature is asked for
 */
export function featureBoxesFigure(
  groups: pl.DataFrame,
  {
    title,
    type,
    features = USAGE_FEATURES,
    units = {},
    log = [],
    profiles,
  }: FeatureBoxesFigureOptions,
): Figure {
  requireColumns("featureBoxesFigure", groups, "type", "cluster_label", {
    ...Object.fromEntries(features.map((name) => [name, "number" as const])),
  });
  if (features.length === 0) throw new Error("featureBoxesFigure needs a feature; got none");
  const users = groups.filter(pl.col("type").eq(pl.lit(type)));
  if (users.height === 0) {
    const apis = [...new Set(plainValues(groups, "type"))].sort().join(", ");
    throw new Error(
      `featureBoxesFigure needs a type with users, got "${type}"; the frame has ${apis}`,
    );
  }
  const names = groupNamesOf("featureBoxesFigure", profiles, type);
  const labelOf = numbersOf(users, "cluster_label") as number[];
  const labels = [...new Set(labelOf)].sort(compareLabels);
  const sizes = labels.map((label) => labelOf.filter((own) => own === label).length);
  const columns = features.map((feature) => numbersOf(users, feature));
  const words: string[] = [];
  const panels = features.map((feature, index) => {
    const isLog = log.includes(feature);
    const values = columns[index]!.filter((value): value is number => value !== null);
    const axis = isLog
      ? logAxis(values.filter((value) => value > 0))
      : units[feature] === undefined
        ? { range: [-0.05, 1.05], nticks: 4 }
        : { rangemode: "tozero", nticks: 5 };
    const unit = figureText(units[feature] ?? "scaled, 0 to 1");
    return {
      heading: figureText(feature),
      x: { showticklabels: false, ticks: "", type: "category" },
      y: { title: { text: `${unit}${isLog ? " (log)" : ""}` }, ...axis },
    };
  });
  const data = features.flatMap((feature, index): Figure["data"] => {
    const medians: string[] = [];
    const traces = labels.map((label, place): Figure["data"][number] => {
      const own = columns[index]!.filter(
        (value, row): value is number => labelOf[row] === label && value !== null,
      );
      const name = `${groupTitle(label, names)} (${formatCount(sizes[place]!)})`;
      const shown = log.includes(feature) ? own.filter((value) => value > 0) : own;
      medians.push(String(Number((median(own) || 0).toPrecision(3))));
      return {
        type: "box",
        name,
        ...inPanel(index, index === 0),
        legendgroup: String(label),
        // One slot per group in every panel: plotly counts those of all panels together.
        offsetgroup: String(label),
        x: shown.map(() => ALL),
        y: shown,
        boxpoints: "outliers",
        marker: { size: 3, color: groupMark(label).color },
        line: { width: 1 },
      };
    });
    words.push(`${figureText(feature)} ${medians.join(", ")}`);
    return traces;
  });
  const listed = labels.map(
    (label, i) => `${groupTitle(label, names)} (${formatCount(sizes[i]!)})`,
  );
  return {
    data,
    layout: {
      title: { text: title },
      ...smallPanels(panels, { columns: 4, gapBeside: 0.06, gapBelow: 44, below: 60 }),
      boxmode: "group",
      showlegend: true,
    },
    description:
      `Boxes of ${formatCount(users.height)} users by group: ${listed.join(", ")}. ` +
      `Medians in this order: ${words.join("; ")}.`,
  };
}

/** The one place along x at which the boxes of a panel stand side by side. */
const ALL = " ";
