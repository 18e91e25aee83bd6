import { closeName } from "./close-name";
import { keyOf, lessonOfPath, type OtherPage, type PathName } from "./lesson-of-path";

/** How a path was recognized as a lesson, or what it is instead. */
export type PageKind =
  | "lesson"
  | "section page"
  | "other layout"
  | "slides"
  | "short name"
  | "unclear name"
  | "misspelled"
  | "hardly read"
  | OtherPage;

export interface JudgedPath {
  kind: PageKind;
  /** The lesson's name; null where the path is none. */
  lesson: string | null;
}

/** Who reads the paths that are judged, by their places. */
export interface Readers {
  pages(path: number): number;
  readers(paths: readonly number[]): number;
}

/** Paths of one name. */
interface Group {
  name: string;
  key: readonly string[];
  section: string | null;
  isSlides: boolean;
  /** Places of its paths. */
  paths: number[];
  readers: number;
  /** The lesson that it counts as, another one where it is a short name. */
  is?: Group | undefined;
  /** What its name is within the section into which it was put. */
  rest?: string;
}

/** A name with fewer readers than another by this factor may be a slip for it. */
const MUCH_MORE = 20;
/** A name in a folder counts as a short one for a lesson with so many times its readers. */
const MORE = 5;
/** A section's own page says what its number stands for; a lesson of that number only hints at it. */
const NAMED = 10;

/** The kinds and lessons of paths; see `lessonPaths` for the rules. */
export function lessonsOfNames(
  paths: readonly string[],
  reading: Readers,
  minReaders: number,
): JudgedPath[] {
  const named = paths.map(lessonOfPath);
  const groups = groupsOf(named, reading);
  const lessons = groups.filter(
    ({ key, isSlides, readers }) => key.length > 1 && !isSlides && readers >= minReaders,
  );
  const rawEndings = ({ paths: own }: Group) =>
    own.map((path) => (paths[path]!.split("/").at(-1) as string).toLowerCase().replace(/_/g, "-"));
  const { unclear, sections } = resolveShortNames(groups, lessons, rawEndings);

  // What is short for a lesson is read as that lesson.
  const members = new Map<Group, number[]>();
  for (const group of groups) {
    const target = targetOf(group);
    members.set(target, [...(members.get(target) ?? []), ...group.paths]);
  }
  const readersOf = new Map<Group, number>();
  for (const [group, own] of members) readersOf.set(group, reading.readers(own));
  const known = [...members.keys()].filter(
    (group) => !unclear.has(group) && readersOf.get(group)! >= minReaders,
  );
  const misspelled = closeName(
    known.map((group) => ({ key: group.key.join("/"), readers: readersOf.get(group)! })),
    { factor: MUCH_MORE, few: minReaders },
  );
  const titles = titlesOf(known, named, reading);

  const judged = named.map(
    ({ other }): JudgedPath => ({ kind: other ?? "hardly read", lesson: null }),
  );
  for (const group of groups) {
    const target = targetOf(group);
    const title = titles.get(target);
    for (const path of group.paths) {
      if (unclear.has(group)) judged[path] = { kind: "unclear name", lesson: null };
      else if (misspelled(target.key.join("/"), readersOf.get(target)!))
        judged[path] = { kind: "misspelled", lesson: null };
      else if (title !== undefined) {
        judged[path] = {
          lesson: title,
          kind: group.isSlides
            ? "slides"
            : group !== target
              ? "short name"
              : paths[path] !== title && named[path]!.name !== paths[path]
                ? "other layout"
                : sections.has(target.key[0]!) && target.key.length === 1
                  ? "section page"
                  : "lesson",
        };
      }
    }
  }
  return judged;
}

const targetOf = (group: Group): Group => group.is ?? group;

/** Names that differ in nothing but their layout, with the readers of all their paths. */
function groupsOf(named: readonly PathName[], reading: Readers): Group[] {
  const groups = new Map<string, Group>();
  named.forEach(({ other, name, key, section, isSlides }, path) => {
    if (other !== null) return;
    // A flat name with a number may stand for another lesson than the same name with another.
    const flat = key.length === 1 ? `\0${section ?? ""}` : "";
    const id = `${isSlides ? "slides\0" : ""}${key.join("/")}${flat}`;
    const group = groups.get(id);
    if (group) group.paths.push(path);
    else groups.set(id, { name, key, section, isSlides, paths: [path], readers: 0 });
  });
  for (const group of groups.values()) group.readers = reading.readers(group.paths);
  return [...groups.values()];
}

/** Points short names and slides at their lessons; gives those for which several lessons fit. */
function resolveShortNames(
  groups: readonly Group[],
  lessons: readonly Group[],
  rawEndings: (group: Group) => string[],
): { unclear: Set<Group>; sections: Set<string> } {
  const byLast = new Map<string, Group[]>();
  const byWhole = new Map<string, Group[]>();
  const byEnding = new Map<string, Group[]>();
  for (const lesson of lessons) {
    push(byLast, lesson.key.at(-1)!, lesson);
    push(byWhole, lesson.key.join(""), lesson);
    for (const ending of new Set(rawEndings(lesson))) push(byEnding, ending, lesson);
  }
  const longer = ({ key, isSlides }: Group, all: readonly Group[]) =>
    all.filter(
      (lesson) => (isSlides || lesson.key.length > key.length) && isWithin(key, lesson.key),
    );

  // Names in a folder that leave out another: of much-read ones those are lessons themselves.
  for (const group of groups) {
    if (group.key.length === 1) continue;
    const fit = longer(group, byLast.get(group.key.at(-1)!) ?? []).filter(
      (lesson) => lesson !== group && lesson.readers >= MORE * group.readers,
    );
    if (fit.length === 1) group.is = fit[0]!;
  }
  const sections = new Set(lessons.filter(({ is }) => !is).map(({ key }) => key[0]!));

  const ownPages = new Map<string, Group>();
  const unclear = new Set<Group>();
  const votes = new Map<string, Map<string, number>>();
  const open: { group: Group; fit: Group[] }[] = [];
  for (const group of groups.filter(({ key }) => key.length === 1)) {
    const name = group.key[0]!;
    if (sections.has(name) && !group.isSlides) {
      // A section's own page; with and without a number it is one.
      const own = ownPages.get(name);
      if (own) group.is = own;
      else ownPages.set(name, group);
      vote(votes, group, name, NAMED);
      continue;
    }
    // The end of a known path with its very number: a link that lost its folder.
    const literal = group.isSlides ? [] : endingsOf(group, rawEndings, byEnding);
    if (literal.length === 1) group.is = literal[0]!;
    else if (literal.length > 1) unclear.add(group);
    else {
      const whole = longer(group, byWhole.get(name) ?? []);
      const fit = whole.length > 0 ? whole : longer(group, byLast.get(name) ?? []);
      if (fit.length === 1) vote(votes, group, fit[0]!.key[0]!, 1);
      open.push({ group, fit });
    }
  }
  const placed = new Map(lessons.map((lesson) => [lesson.key.join("/"), lesson]));
  for (const { group, fit } of open) {
    const topics = topicsOf(votes.get(boxOf(group)));
    const among = topics.size > 0 ? fit.filter(({ key }) => topics.has(key[0]!)) : fit;
    const [first, second] = [...among].sort((a, b) => b.readers - a.readers);
    const isOnly = first && (!second || (group.isSlides && first.readers >= 2 * second.readers));
    const section = sectionOf(group, topics, sections);
    if (isOnly) group.is = first;
    else if (group.isSlides && ownPages.has(group.key[0]!)) group.is = ownPages.get(group.key[0]!);
    else if (first) unclear.add(group);
    else if (section) place(group, section, placed);
    else if (fit.length === 1) group.is = fit[0]!;
    else if (fit.length > 1) unclear.add(group);
  }
  return { unclear, sections };
}

/** Lessons of which a path ends with a flat name and its number, zeros in front or not. */
function endingsOf(
  group: Group,
  rawEndings: (group: Group) => string[],
  byEnding: ReadonlyMap<string, Group[]>,
): Group[] {
  const endings = rawEndings(group).filter((ending) => /^\d/.test(ending));
  for (const change of [
    (ending: string) => ending,
    (ending: string) => ending.replace(/^0+/, ""),
  ]) {
    const found = new Set(endings.flatMap((ending) => byEnding.get(change(ending)) ?? []));
    if (found.size > 0) return [...found];
  }
  return [];
}

/** Where a lesson belongs that only a flat layout has: by its number, or by its first word. */
function sectionOf(
  { section, name }: Group,
  topics: ReadonlySet<string>,
  sections: ReadonlySet<string>,
): { key: string; rest: string } | null {
  const [only] = topics;
  if (section !== null && topics.size === 1) return { key: only!, rest: name };
  const [word, ...others] = name.split("-");
  return others.length > 0 && sections.has(word!) ? { key: word!, rest: others.join("-") } : null;
}

/** Puts a flat name into its section, as the lesson that is there under this name if one is. */
function place(
  group: Group,
  { key, rest }: { key: string; rest: string },
  placed: Map<string, Group>,
): void {
  group.key = [key, keyOf(rest)];
  group.rest = rest;
  const same = placed.get(group.key.join("/"));
  if (same) group.is = same;
  else placed.set(group.key.join("/"), group);
}

/** What tells which section a short name may belong to: its number, or being slides. */
function boxOf({ isSlides, section }: Group): string {
  return isSlides ? "slides" : (section ?? "");
}

/** Counts a short name's readers for the section that it is known to belong to. */
function vote(
  votes: Map<string, Map<string, number>>,
  group: Group,
  topic: string,
  weight: number,
): void {
  const box = boxOf(group);
  if (box === "") return;
  const counts = votes.get(box) ?? new Map<string, number>();
  counts.set(topic, (counts.get(topic) ?? 0) + weight * group.readers);
  votes.set(box, counts);
}

/** The section that most votes of a number are for, and those with half as many. */
function topicsOf(counts: ReadonlyMap<string, number> | undefined): Set<string> {
  const most = Math.max(0, ...(counts?.values() ?? []));
  return new Set([...(counts ?? [])].filter(([, n]) => 2 * n >= most).map(([topic]) => topic));
}

/** Whether parts come in that order among others; the last ones are known to be the same. */
function isWithin(parts: readonly string[], others: readonly string[]): boolean {
  if (parts.length === 1) return true;
  let place = 0;
  for (const other of others) if (other === parts[place]) place++;
  return place === parts.length;
}

/** Each lesson's name, in the spelling with the most page views: of the section, and of the rest. */
function titlesOf(
  known: readonly Group[],
  named: readonly PathName[],
  reading: Readers,
): Map<Group, string> {
  const sections = new Map<string, Map<string, number>>();
  const rests = new Map<Group, Map<string, number>>();
  for (const group of known) {
    const rest = new Map<string, number>();
    for (const path of group.paths) {
      const isPlaced = group.rest !== undefined;
      const [section, ...others] = isPlaced
        ? [group.key[0]!, group.rest!]
        : named[path]!.name.split("/");
      const views = reading.pages(path);
      const spellings = sections.get(group.key[0]!) ?? new Map<string, number>();
      add(spellings, section!, isPlaced ? 0 : views);
      sections.set(group.key[0]!, spellings);
      add(rest, others.join("/"), views);
    }
    rests.set(group, rest);
  }
  return new Map(
    [...rests].map(([group, rest]) => {
      const parts = [mostOf(sections.get(group.key[0]!)!), mostOf(rest)];
      return [group, parts.filter((part) => part !== "").join("/")];
    }),
  );
}

function add(counts: Map<string, number>, key: string, n: number): void {
  counts.set(key, (counts.get(key) ?? 0) + n);
}

function mostOf(counts: ReadonlyMap<string, number>): string {
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))[0]![0];
}

function push<Key, Value>(lists: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
