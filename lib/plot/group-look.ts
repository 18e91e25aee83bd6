import type pl from "nodejs-polars";
import { requireColumns } from "../log/require-columns";
import { NOISE_LABEL } from "../stats/labels";
import { figureText } from "./figure-text";
import { COLORS, SERIES_COLORS, SERIES_SYMBOLS } from "./theme";

/** How a group of users looks in every figure: its color and shape; those in no group are gray crosses. */
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
export function groupTitle(label: number, names: Readonly<Record<number, string>> = {}): string {
  const name = names[label];
  if (name !== undefined) return figureText(name);
  return label === NOISE_LABEL ? "in no group" : `group ${label}`;
}

/** Names of an API's groups by label, from what `groupProfiles` gives; none without it. */
export function groupNamesOf(
  caller: string,
  profiles: pl.DataFrame | undefined,
  type: string | undefined,
): Record<number, string> {
  if (!profiles) return {};
  requireColumns(`${caller} (profiles)`, profiles, "type", "cluster_label", "group_name");
  const rows = profiles.select("type", "cluster_label", "group_name").toRecords();
  return Object.fromEntries(
    rows
      .filter((row) => row.type === type)
      .map((row) => [Number(row.cluster_label), String(row.group_name)]),
  );
}
