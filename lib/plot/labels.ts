import { figureText } from "./figure-text";

/** Texts from a log as different names along an axis. */
export function labelsOf(texts: readonly unknown[], max = 30): string[] {
  return distinct(texts.map((text) => figureText(text, { max })));
}

/** Labels that differ even where the same text was cut. */
export function distinct(labels: readonly string[]): string[] {
  const taken = new Set<string>();
  return labels.map((label) => {
    let free = label;
    for (let number = 2; taken.has(free); number++) free = `${label} (${number})`;
    taken.add(free);
    return free;
  });
}
