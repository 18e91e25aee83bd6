import type { PathName } from "./lesson-of-path";
import { type Reading, readersOf } from "./reading";

/** Paths of one name. */
export interface PathGroup {
  name: string;
  key: readonly string[];
  section: string | null;
  isSlides: boolean;
  /** Last parts of its paths, as they are written. */
  endings: ReadonlySet<string>;
  /** Places of its paths. */
  paths: number[];
  readers: number;
  /** The lesson that it counts as, another one where it is a short name. */
  is?: PathGroup | undefined;
  /** What its name is within the section into which it was put. */
  rest?: string;
}

/** Names that differ in nothing but their layout, with the readers of all their paths. */
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

/** Adds to the list of a key. */
export function push<Key, Value>(lists: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

/** Adds to the count of a key. */
export function add<Key>(counts: Map<Key, number>, key: Key, n: number): void {
  counts.set(key, (counts.get(key) ?? 0) + n);
}
