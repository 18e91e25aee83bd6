/** Rows of the same names as a table in Markdown. */
export function markdownTable(rows: readonly Record<string, string | number>[]): string[] {
  const line = (cells: readonly unknown[]) => `| ${cells.join(" | ")} |`;
  const names = Object.keys(rows[0] ?? {});
  return [
    line(names),
    line(names.map(() => "---")),
    ...rows.map((row) => line(names.map((name) => row[name]))),
  ];
}
