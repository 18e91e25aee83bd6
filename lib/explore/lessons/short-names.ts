import { keyOf } from "./lesson-of-path";
import { add, type PathGroup, push } from "./path-groups";

/** A name in a folder counts as a short one for a lesson with so many times its readers. */
const MORE = 5;
/** Votes of a section's own page for what its number stands for. */
const NAMED = 10;

/** Points short names and slides at their lessons; gives the names for which several fit. */
export function resolveShortNames(groups: readonly PathGroup[], lessons: readonly PathGroup[]) {
  const byLast = new Map<string, PathGroup[]>();
  const byWhole = new Map<string, PathGroup[]>();
  const byEnding = new Map<string, PathGroup[]>();
  for (const lesson of lessons) {
    push(byLast, lesson.key.at(-1)!, lesson);
    push(byWhole, lesson.key.join(""), lesson);
    for (const ending of lesson.endings) push(byEnding, ending, lesson);
  }
  pointNamesInFolders(groups, byLast);
  const sections = new Set(lessons.filter(({ is }) => !is).map(({ key }) => key[0]!));

  const ownPages = new Map<string, PathGroup>();
  const unclear = new Set<PathGroup>();
  const votes = new Votes();
  const open: { group: PathGroup; fit: PathGroup[] }[] = [];
  for (const group of groups.filter(({ key }) => key.length === 1)) {
    const name = group.key[0]!;
    if (sections.has(name) && !group.isSlides) {
      // A section's own page; with and without a number it is one.
      const own = ownPages.get(name);
      if (own) group.is = own;
      else ownPages.set(name, group);
      votes.add(group, name, NAMED);
      continue;
    }
    // The end of a known path with its very number: a link that lost its folder.
    const literal = group.isSlides ? [] : endingsOf(group, byEnding);
    if (literal.length === 1) group.is = literal[0];
    else if (literal.length > 1) unclear.add(group);
    else {
      const whole = longer(group, byWhole.get(name));
      const fit = whole.length > 0 ? whole : longer(group, byLast.get(name));
      if (fit.length === 1) votes.add(group, fit[0]!.key[0]!, 1);
      open.push({ group, fit });
    }
  }
  const placed = new Map(lessons.map((lesson) => [lesson.key.join("/"), lesson]));
  for (const { group, fit } of open) {
    const topics = votes.topicsOf(group);
    const among = topics.size > 0 ? fit.filter(({ key }) => topics.has(key[0]!)) : fit;
    const [first, second] = [...among].sort((a, b) => b.readers - a.readers);
    const isOnly = first && (!second || (group.isSlides && first.readers >= 2 * second.readers));
    const section = sectionOf(group, topics, sections);
    if (isOnly) group.is = first;
    else if (group.isSlides && ownPages.has(group.key[0]!)) group.is = ownPages.get(group.key[0]!);
    else if (first) unclear.add(group);
    else if (section) place(group, section, placed);
    else if (fit.length === 1) group.is = fit[0];
    else if (fit.length > 1) unclear.add(group);
  }
  return { unclear, sections };
}

function pointNamesInFolders(
  groups: readonly PathGroup[],
  byLast: ReadonlyMap<string, PathGroup[]>,
): void {
  for (const group of groups.filter(({ key }) => key.length > 1)) {
    const fit = longer(group, byLast.get(group.key.at(-1)!)).filter(
      (lesson) => lesson !== group && lesson.readers >= MORE * group.readers,
    );
    if (fit.length === 1) group.is = fit[0];
  }
}

function longer({ key, isSlides }: PathGroup, all: readonly PathGroup[] = []): PathGroup[] {
  return all.filter(
    (lesson) => (isSlides || lesson.key.length > key.length) && isWithin(key, lesson.key),
  );
}

/** Which section a number, or being slides, stands for: the readers of short names tell. */
class Votes {
  readonly #counts = new Map<string, Map<string, number>>();

  add(group: PathGroup, topic: string, weight: number): void {
    const box = boxOf(group);
    if (box === "") return;
    const counts = this.#counts.get(box) ?? new Map<string, number>();
    this.#counts.set(box, counts);
    add(counts, topic, weight * group.readers);
  }

  /** The section with most votes, and those with at least half as many. */
  topicsOf(group: PathGroup): Set<string> {
    const counts = [...(this.#counts.get(boxOf(group)) ?? [])];
    const most = Math.max(0, ...counts.map(([, n]) => n));
    return new Set(counts.filter(([, n]) => 2 * n >= most).map(([topic]) => topic));
  }
}

const boxOf = ({ isSlides, section }: PathGroup) => (isSlides ? "slides" : (section ?? ""));

function endingsOf(
  { endings }: PathGroup,
  byEnding: ReadonlyMap<string, PathGroup[]>,
): PathGroup[] {
  const numbered = [...endings].filter((ending) => /^\d/.test(ending));
  const find = (all: readonly string[]) => [
    ...new Set(all.flatMap((ending) => byEnding.get(ending) ?? [])),
  ];
  const found = find(numbered);
  return found.length > 0 ? found : find(numbered.map((ending) => ending.replace(/^0+/, "")));
}

/** Where a lesson of a flat layout belongs: by its number, or by its first word. */
function sectionOf(
  { section, name }: PathGroup,
  topics: ReadonlySet<string>,
  sections: ReadonlySet<string>,
): { key: string; rest: string } | null {
  const [only] = topics;
  if (section !== null && topics.size === 1) return { key: only!, rest: name };
  const [word, ...others] = name.split("-");
  return others.length > 0 && sections.has(word!) ? { key: word!, rest: others.join("-") } : null;
}

/** Puts a flat name into its section, as the lesson of this name that is there already. */
function place(
  group: PathGroup,
  { key, rest }: { key: string; rest: string },
  placed: Map<string, PathGroup>,
): void {
  group.key = [key, keyOf(rest)];
  group.rest = rest;
  const same = placed.get(group.key.join("/"));
  if (same) group.is = same;
  else placed.set(group.key.join("/"), group);
}

/** Whether parts come in that order among others. */
function isWithin(parts: readonly string[], others: readonly string[]): boolean {
  if (parts.length === 1) return true;
  let place = 0;
  for (const other of others) if (other === parts[place]) place++;
  return place === parts.length;
}
