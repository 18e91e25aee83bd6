import type { SampleRows } from "../../lib/twin/sample-rows";
import { COHORTS, wholeRows } from "../support/samples";

const FIRST_DAY = Date.UTC(2018, 0, 26);

const dates = new Map<number, string>();
function dateOf(day: number): string {
  if (!dates.has(day)) {
    dates.set(day, new Date(FIRST_DAY + day * 86_400_000).toISOString().slice(0, 10));
  }
  return dates.get(day)!;
}

/** How often each key occurs. */
export function tally<K>(rows: number, key: (i: number) => K): Map<K, number> {
  const counts = new Map<K, number>();
  for (let i = 0; i < rows; i++) counts.set(key(i), (counts.get(key(i)) ?? 0) + 1);
  return counts;
}

/** All, a program (null: rows without a cohort), or a cohort by name. */
type Group = "all" | number | null | string;

/** The whole log of a seed, and how tests ask for its rows. */
export class WholeSample {
  readonly log: SampleRows;
  /** Rows with a path by path, of each group. */
  readonly paths = new Map<Group, Map<string, number>>();

  constructor(seed: number) {
    this.log = wholeRows(seed);
    const { path, cohortId, paths } = this.log;
    path.forEach((place, i) => {
      if (place < 0) return;
      const cohort = COHORTS.get(cohortId[i]!);
      for (const of of ["all", cohort?.program ?? null, cohort?.name ?? "none"]) {
        if (!this.paths.has(of)) this.paths.set(of, new Map());
        const own = this.paths.get(of)!;
        own.set(paths[place]!, (own.get(paths[place]!) ?? 0) + 1);
      }
    });
  }

  rowsOn = (of: Group, path: string) => this.paths.get(of)?.get(path);
  rowsWhere = (isMeant: (i: number) => boolean) => [...this.log.day.keys()].filter(isMeant);
  pathAt = (i: number) => this.log.paths[this.log.path[i]!];

  /** A row's day, `2018-01-26`. */
  date = (i: number) => dateOf(this.log.day[i]!);
  /** A row's time, `2018-01-26 09:55:03`. */
  stamp = (i: number) => {
    const time = new Date(this.log.second[i]! * 1000).toISOString().slice(11, 19);
    return `${this.date(i)} ${time}`;
  };
}
