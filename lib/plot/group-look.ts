import type pl from "nodejs-polars";
import { compareLabels } from "../group/grouped-users";
import { NOISE_LABEL } from "../stats/labels";
import { figureText } from "./figure-text";
import { grouped, rowsOf } from "./rows";
import { COLORS, SERIES_COLORS, SERIES_SYMBOLS } from "./theme";

/** A group's color and shape in every figure; gray crosses are in no group. */
export function groupMark(label: number): { color: string; symbol: string } {
  if (label === NOISE_LABEL) return { color: COLORS.reference, symbol: "x" };
  const colors = SERIES_COLORS.filter((color) => color !== COLORS.reference);
  const symbols = SERIES_SYMBOLS.filter((symbol) => symbol !== "x");
  return {
    color: colors[label % colors.length]!,
    symbol: symbols[label % symbols.length]!,
  };
}

/** A group's name in a legend; its number where it has none. */
export function groupTitles(
  caller: string,
  profiles: pl.DataFrame | undefined,
  type: string | undefined,
): (label: number) => string {
  const columns = ["type", "cluster_label", "group_name"] as const;
  const named = profiles ? rowsOf(`${caller} (profiles)`, profiles, columns) : [];
  const own = named.filter((row) => row.type === type);
  const names = new Map(own.map((row) => [row.cluster_label, figureText(row.group_name)]));
  return (label) => names.get(label) ?? (label === NOISE_LABEL ? "in no group" : `group ${label}`);
}

export function byGroup<R extends { cluster_label: number }>(rows: readonly R[]) {
  const groups = grouped(rows, (row) => row.cluster_label);
  return groups.sort(([a], [b]) => compareLabels(a, b));
}
