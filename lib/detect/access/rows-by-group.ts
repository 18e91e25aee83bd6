/**
 * Rows group by group, each group's in the order in which they came, and where each group's end.
 *
 * @param group each row's group, from 0
 * @param groups how many groups there are
 */
export function rowsByGroup(
  group: Int32Array,
  groups: number,
): { rows: Int32Array; ends: Int32Array } {
  const ends = new Int32Array(groups);
  for (let row = 0; row < group.length; row++) ends[group[row]!]!++;
  const next = new Int32Array(groups);
  for (let g = 1; g < groups; g++) {
    next[g] = ends[g - 1]!;
    ends[g]! += ends[g - 1]!;
  }
  const rows = new Int32Array(group.length);
  for (let row = 0; row < group.length; row++) rows[next[group[row]!]!++] = row;
  return { rows, ends };
}
