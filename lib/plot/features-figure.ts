import pl from "nodejs-polars";
import { CLUSTER_LABEL, TYPE } from "../columns";
import { NOISE_LABEL } from "../group/dbscan";
import { USAGE_FEATURES } from "../group/usage-feature-columns";
import { requireColumns } from "../require-columns";
import { formatCount } from "../words/format-words";
import type { Figure } from "./figure";
import type { FigureOptions } from "./figure-options";
import { numbersOf, plainValues } from "./plain-values";
import { COLORS, SERIES_COLORS } from "./theme";

export interface FeaturesFigureOptions extends FigureOptions {
  /** Which API's users to show. */
  type: string;
}

/**
 * The seven usage features of one API's users, as boxes side by side per group:
 * what sets the groups apart. Users in no group are gray.
 *
 * @param groups the groups that `groupUsers` gives
 * @throws {Error} if a column is missing or of another type, or the API has no users
 */
export function featuresFigure(
  groups: pl.DataFrame,
  { title, type }: FeaturesFigureOptions,
): Figure {
  requireColumns("featuresFigure", groups, {
    [TYPE]: "String",
    [CLUSTER_LABEL]: "integer",
    ...Object.fromEntries(USAGE_FEATURES.map((name) => [name, "number" as const])),
  });
  const users = groups.filter(pl.col(TYPE).eq(pl.lit(type)));
  const labels = [...new Set(numbersOf(users, CLUSTER_LABEL))].sort((a, b) => a! - b!) as number[];
  if (labels.length === 0) {
    const apis = [...new Set(plainValues(groups, TYPE))].sort().join(", ");
    throw new Error(`featuresFigure needs a type with users, got "${type}"; the frame has ${apis}`);
  }
  const sizes: string[] = [];
  const data = labels.map((label): Figure["data"][number] => {
    const own = users.filter(pl.col(CLUSTER_LABEL).eq(pl.lit(label)));
    const name = label === NOISE_LABEL ? "in no group" : `group ${label}`;
    sizes.push(`${formatCount(own.height)} ${name}`);
    return {
      type: "box",
      name: `${name} (${formatCount(own.height)})`,
      x: USAGE_FEATURES.flatMap((feature) => Array<string>(own.height).fill(feature)),
      y: USAGE_FEATURES.flatMap((feature) => numbersOf(own, feature) as number[]),
      boxpoints: "outliers",
      marker: { size: 3, color: colorOf(label) },
      line: { width: 1 },
    };
  });
  return {
    data,
    layout: {
      title: { text: title },
      boxmode: "group",
      xaxis: { title: { text: "feature" }, type: "category" },
      yaxis: { title: { text: "value, scaled to 0 to 1" }, range: [-0.05, 1.05] },
    },
    description: `Seven features of ${formatCount(users.height)} users, in boxes by group: ${sizes.join(", ")}.`,
  };
}

function colorOf(label: number): string {
  if (label === NOISE_LABEL) return COLORS.reference;
  const colors = SERIES_COLORS.filter((color) => color !== COLORS.reference);
  return colors[label % colors.length]!;
}
