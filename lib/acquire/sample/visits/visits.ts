import { isWeekend } from "../days/log-days";
import { phaseOf } from "../days/stretches";
import { GROUPS, TEACHERS } from "../groups";
import type { PartPageChooser } from "../paths/part-page-chooser";
import type { Draft } from "./draft";
import type { VisitTimes } from "./visit-times";

/** Pages as a part of a group opens them. */
export type Pages = Omit<PartPageChooser, "paths" | "open">;

/** Within which seconds of a day someone's rows must lie. */
export interface Bounds {
  earliest: number;
  latest: number;
  /** Where given, the first row comes at this very second. */
  first?: number;
}

/** Someone's rows on one day. */
export interface ReaderDay {
  group: number;
  userId: number;
  day: number;
  rows: number;
}

/** Least seconds between two visits of one user. */
const APART = 90;

/** Writes a user's rows of a day as visits: each from one address, page after page. */
export function writeVisits(
  draft: Draft,
  { group, userId, day, rows }: ReaderDay,
  { earliest, latest, first }: Bounds,
  pages: Pages,
  times: VisitTimes,
): void {
  const lengths: number[] = [];
  for (let left = rows; left > 0; left -= lengths[lengths.length - 1]!) {
    lengths.push(times.length(left));
  }
  const kind = kindOf(group, day);
  const from = first ?? earliest;
  const begins = lengths.map((_, i) =>
    i === 0 && first !== undefined ? first : times.begin(kind, from, latest),
  );
  begins.sort((a, b) => a - b);
  let free = 0;
  let left = rows;
  for (let v = 0; v < lengths.length && left > 0; v++) {
    // Of two visits that would overlap the later waits, while the day has room for it.
    let second = Math.max(begins[v]!, Math.min(free, latest));
    const begin = second;
    draft.beginVisit();
    let page = -1;
    let assets: readonly number[] = [];
    let loaded = 0;
    // A visit ends when its last page has loaded its files, if the day has rows for them.
    for (let i = 0; left > 0 && (i < lengths[v]! || loaded < assets.length); ) {
      let path = assets[loaded++];
      if (path !== undefined) {
        if (!pages.take(path)) continue;
        second += times.assetGap();
      } else {
        if (i > 0) second += times.gap();
        page = pages.next(page);
        path = page;
        assets = pages.assetsOf(page);
        loaded = 0;
      }
      // A visit that would run past the day's end goes on from where it began.
      if (second > latest) second = begin;
      draft.add(day, second, path, userId, group);
      left--;
      i++;
    }
    free = second + APART;
  }
}

const OF_TEACHERS = GROUPS.map(({ cohortId }) => TEACHERS.has(cohortId));

function kindOf(g: number, day: number): "class" | "weekday" | "weekend" {
  if (isWeekend(day)) return "weekend";
  if (OF_TEACHERS[g]) return "class";
  const group = GROUPS[g]!;
  return day >= group.startDay && phaseOf(group, day) === "class" ? "class" : "weekday";
}
