import type { PathName } from "./lesson-of-path";
import { type Reading, readersOf } from "./reading";

export interface PathGroup {
  name: string;
  key: readonly string[];
  section: string | null;
  isSlides: boolean;
  endings: ReadonlySet<string>;
  paths: number[];
  readers: number;
  /** The lesson that it is short for. */
  is?: PathGroup | undefined;
  rest?: string;
}

export function pathGroups(named: readonly PathName[], reading: Reading): PathGroup[] {
  const groups = new Map<string, number[]>();
  named.forEach(({ other, key, section, isSlides }, path) => {
    if (other !== null) return;
    // A flat name with a number may stand for another lesson than the same name with another.
    const flat = key.length === 1 ? `\0${section ?? ""}` : "";
    push(groups, `${isSlides ? "slides\0" : ""}${key.join("/")}${flat}`, path);
  });
  return [...groups.values()].map((paths) => ({
    ...named[paths[0]!]!,
    endings: new Set(paths.map((path) => endingOf(reading.paths[path]!))),
    paths,
    readers: readersOf(reading, paths),
  }));
}

const endingOf = (path: string) => path.split("/").at(-1)!.toLowerCase().replace(/_/g, "-");

export function push<Key, Value>(lists: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

export function add<Key>(counts: Map<Key, number>, key: Key, n: number): void {
  counts.set(key, (counts.get(key) ?? 0) + n);
}
