/** Labels that stay apart even where the same text was cut: one name would be one category. */
export function distinctLabels(labels: string[]): string[] {
  const taken = new Set<string>();
  return labels.map((label) => {
    let free = label;
    // Somebody may be called as others would be here.
    for (let number = 2; taken.has(free); number++) free = `${label} (${number})`;
    taken.add(free);
    return free;
  });
}
