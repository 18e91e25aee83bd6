import { closeName } from "./close-name";
import { lessonOfPath, type PathName } from "./lesson-of-path";
import { add, type PathGroup, pathGroups, push } from "./path-groups";
import { type Reading, readersOf } from "./reading";
import { resolveShortNames } from "./short-names";

interface JudgedPath {
  kind: string;
  lesson: string | null;
}

const MUCH_MORE = 20;

export function lessonsOfNames(reading: Reading, minReaders: number): JudgedPath[] {
  const named = reading.paths.map(lessonOfPath);
  const groups = pathGroups(named, reading);
  const lessons = groups.filter(
    ({ key, isSlides, readers }) => key.length > 1 && !isSlides && readers >= minReaders,
  );
  const { unclear, sections } = resolveShortNames(groups, lessons);

  const members = new Map<PathGroup, number[]>();
  for (const group of groups) for (const path of group.paths) push(members, targetOf(group), path);
  const readers = new Map(
    [...members].map(([group, paths]) => [group, readersOf(reading, paths)] as const),
  );
  const known = [...readers].filter(([group, n]) => !unclear.has(group) && n >= minReaders);
  const isMisspelled = closeName(
    known.map(([group, n]) => ({ key: group.key.join("/"), readers: n })),
    { factor: MUCH_MORE, few: minReaders },
  );
  const titles = titlesOf(new Set(known.map(([group]) => group)), named, reading);

  const judged = named.map(
    ({ other }): JudgedPath => ({ kind: other ?? "hardly read", lesson: null }),
  );
  for (const group of groups) {
    const target = targetOf(group);
    const title = titles.get(target);
    const isSlip = () => isMisspelled(target.key.join("/"), readers.get(target)!);
    const no = unclear.has(group) ? "unclear name" : isSlip() ? "misspelled" : null;
    const isSection = sections.has(target.key[0]!) && target.key.length === 1;
    for (const path of group.paths) {
      const isOwnName = reading.paths[path] === title || named[path]!.name === reading.paths[path];
      if (no !== null) judged[path] = { kind: no, lesson: null };
      else if (title !== undefined) {
        judged[path] = { lesson: title, kind: kindOf(group, isOwnName, isSection) };
      }
    }
  }
  return judged;
}

const targetOf = (group: PathGroup): PathGroup => group.is ?? group;

function kindOf(group: PathGroup, isOwnName: boolean, isSection: boolean): string {
  if (group.isSlides) return "slides";
  if (group.is) return "short name";
  if (!isOwnName) return "other layout";
  return isSection ? "section page" : "lesson";
}

/** Names in the spelling with the most page views: of the section, and of the rest. */
function titlesOf(
  groups: ReadonlySet<PathGroup>,
  named: readonly PathName[],
  { pages }: Reading,
): Map<PathGroup, string> {
  const known = [...groups];
  const sections = new Map<string, Map<string, number>>();
  const spellings = known.map(({ key, rest, paths }) => {
    const ofSection = sections.get(key[0]!) ?? new Map<string, number>();
    sections.set(key[0]!, ofSection);
    const ofRest = new Map<string, number>();
    for (const path of paths) {
      const [section, ...others] = named[path]!.name.split("/");
      if (rest === undefined) add(ofSection, section!, pages[path]!);
      else add(ofSection, key[0]!, 0);
      add(ofRest, rest ?? others.join("/"), pages[path]!);
    }
    return [ofSection, ofRest];
  });
  // Only now is every section's spelling counted.
  return new Map(
    known.map((group, i) => [group, spellings[i]!.map(mostOf).filter(Boolean).join("/")]),
  );
}

function mostOf(counts: ReadonlyMap<string, number>): string {
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))[0]![0];
}
