import { figureText } from "./figure-text";

/** Texts from a log as names along an axis, which stay apart: one name would be one category. */
export function labelsOf(texts: readonly unknown[], max = 30): string[] {
  return distinct(texts.map((text) => figureText(text, { max })));
}

/** Labels that stay apart even where the same text was cut. */
export function distinct(labels: readonly string[]): string[] {
  const taken = new Set<string>();
  return labels.map((label) => {
    let free = label;
    // Somebody may be called as others would be here.
    for (let number = 2; taken.has(free); number++) free = `${label} (${number})`;
    taken.add(free);
    return free;
  });
}
