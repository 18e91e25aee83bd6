import type pl from "nodejs-polars";
import { requireColumns } from "./require-columns";

/** Columns whose values make the groups; null for everything as one group. */
export type GroupBy = string | readonly string[] | null;

/** The columns that make the groups; refuses those of the answer. */
export function groupKeys(caller: string, by: GroupBy, answer: readonly string[]): string[] {
  const keys = by === null ? [] : typeof by === "string" ? [by] : [...by];
  const taken = keys.filter((key) => answer.includes(key));
  if (taken.length > 0) {
    throw new Error(
      `${caller} needs groups other than ${taken.join(", ")}: its answer has a column of that name`,
    );
  }
  return keys;
}

/** The same; refuses a frame that lacks them, or `needs`, as well. */
export function requireGroups(
  caller: string,
  frame: pl.DataFrame,
  { by, answer }: { by: GroupBy; answer: readonly string[] },
  ...needs: Parameters<typeof requireColumns>[2][]
): string[] {
  const keys = groupKeys(caller, by, answer);
  requireColumns(caller, frame, ...needs, Object.fromEntries(keys.map((key) => [key, "any"])));
  return keys;
}
