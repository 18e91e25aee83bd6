import { formatCount } from "../../format-words";

/** A number of things in words: `1 day`, `2,000 days`. */
export function counted(count: number, thing: string, things = `${thing}s`): string {
  return `${formatCount(count)} ${count === 1 ? thing : things}`;
}
