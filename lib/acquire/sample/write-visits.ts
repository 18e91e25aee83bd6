import type { AddressBook, Attendance } from "./addresses";
import { DAILY_PAGES } from "./calibration/daily-pages";
import { PUBLISHED_ROWS } from "./calibration/published-rows";
import { GROUPS, type Group, STAFF } from "./groups";
import { isWeekend } from "./log-days";
import type { PageChooser } from "./page-chooser";
import type { RowStore } from "./row-store";
import type { VisitSink } from "./user-days";
import type { VisitTimes } from "./visit-times";

const LAST_DAY = DAILY_PAGES.length - 1;
const publishedSeconds = (on: number) =>
  PUBLISHED_ROWS.filter(({ day }) => day === on).map(({ second }) => second);
/** On the first day the published rows come before all others, on the last day after them. */
const EARLIEST_ON_FIRST_DAY = Math.max(...publishedSeconds(0)) + 1;
const LATEST_ON_LAST_DAY = Math.min(...publishedSeconds(LAST_DAY)) - 1;
const LATEST = 86_399;

export interface VisitSources {
  pages: PageChooser;
  times: VisitTimes;
  book: AddressBook;
}

/** Turns a user's rows of a day into visits: each from one address, page after page. */
export function visitWriter(store: RowStore, { pages, times, book }: VisitSources): VisitSink {
  return (g, { userId }, day, count) => {
    const group = GROUPS[g]!;
    const inClass = day >= group.startDay && day < group.endDay;
    const kind = isWeekend(day) ? "weekend" : inClass ? "class" : "weekday";
    const attendance = attendanceOf(group, inClass);
    const earliest = day === 0 ? EARLIEST_ON_FIRST_DAY : 0;
    const latest = day === LAST_DAY ? LATEST_ON_LAST_DAY : LATEST;
    pages.open(g, day);
    for (let left = count; left > 0; ) {
      const length = times.length(left);
      const begin = times.begin(kind, earliest, latest);
      const address = book.choose(userId, day, begin, attendance);
      let second = begin;
      let page = -1;
      let assets: readonly number[] = [];
      let loaded = 0;
      // A visit ends when its last page has loaded its files, if the day has rows for them.
      for (let i = 0; left > 0 && (i < length || loaded < assets.length); ) {
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
        store.add(day, second, path, userId, group.cohortId, address);
        left--;
        i++;
      }
    }
  };
}

function attendanceOf({ cohortId }: Group, inClass: boolean): Attendance {
  return cohortId === STAFF ? "staff" : inClass ? "class" : "graduate";
}
