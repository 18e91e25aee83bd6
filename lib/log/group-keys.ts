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
