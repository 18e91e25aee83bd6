import { picked } from "../../log/log-arrays";
import { numbered, sortedBy } from "./sorted-by";
import { eachSpan, spanStarts } from "./spans";
import type { SurpriseViews } from "./surprise-views";

/** What each page that someone opened on a day costs in bits. */
export interface SurpriseBits {
  /** Place of each page's first view that day; by user, program, week, cohort, day and path. */
  views: Int32Array;
  /** Minus log2 of its probability for the user's peers. */
  surprise: Float64Array;
  /** What their own pages cost them on average. */
  expected: Float64Array;
  /** Place in these lists of each of the views. */
  place: Int32Array;
}

/**
 * How improbable each page is for the peers of who opened it: the arithmetic of `surprisingDays`. A
 * page counts once per user, cohort and day.
 *
 * Contexts are nested: site, program, program in a week, cohort in a week. In rows sorted by
 * them each context is a span, and so is each user's part of one in rows sorted by user first.
 */
export function surpriseBits(all: SurpriseViews): SurpriseBits {
  const keys = [all.user, all.program, all.day.map(weekOf), all.cohort, all.day, all.path];
  const { codes: place, firsts: views } = numbered(keys, all.path.length);
  const [user, program, week, cohort, , path] = keys.map((key) =>
    picked(key, views, new Int32Array(views.length)),
  ) as [Int32Array, Int32Array, Int32Array, Int32Array, Int32Array, Int32Array];
  const nested = [program, week, cohort];
  const byContext = sortedBy(nested, views.length);
  const levels = [0, 1, 2, 3].map((depth) =>
    levelOf({ user, path, byContext, keys: nested.slice(0, depth) }),
  );

  const surprise = new Float64Array(views.length);
  for (const level of levels) refineChances(surprise, level, level === levels[0]);
  // + 0: no minus zero
  for (let row = 0; row < views.length; row++) surprise[row] = -Math.log2(surprise[row]!) + 0;
  const expected = new Float64Array(views.length);
  for (const level of levels) refineExpected(expected, surprise, level, level === levels[0]);
  return { views, surprise, expected, place };
}

/** Weeks begin on Mondays; day 0 of 1970 was a Thursday. */
const weekOf = (day: number) => Math.floor((day + 3) / 7);

/** A level of contexts, and of each user's part of one what the context has without it. */
interface Level {
  /** Rows by context, and where contexts begin among them. */
  byContext: Int32Array;
  contexts: Int32Array;
  /** Where each user's part of a context begins. */
  parts: Int32Array;
  /** Each part's context. */
  context: Int32Array;
  /** The others' page views and different pages, by part. */
  views: Int32Array;
  pages: Int32Array;
  /** How often the others opened each row's page. */
  same: Int32Array;
}

function levelOf({
  user,
  path,
  byContext,
  keys,
}: {
  user: Int32Array;
  path: Int32Array;
  byContext: Int32Array;
  keys: readonly Int32Array[];
}): Level {
  const rows = path.length;
  const contexts = spanStarts(keys, byContext);
  const parts = spanStarts([user, ...keys], sortedBy([], rows));
  const counts = new Int32Array(path.reduce((most, code) => Math.max(most, code + 1), 0));
  const same = new Int32Array(rows);
  const contextOf = new Int32Array(rows);
  const pagesIn = new Int32Array(contexts.length);
  eachSpan(contexts, (c, from, end) => {
    for (let i = from; i < end; i++) if (counts[path[byContext[i]!]!]!++ === 0) pagesIn[c]!++;
    for (let i = from; i < end; i++) {
      const row = byContext[i]!;
      same[row] = counts[path[row]!]!;
      contextOf[row] = c;
    }
    for (let i = from; i < end; i++) counts[path[byContext[i]!]!] = 0;
  });

  const context = parts.subarray(0, -1).map((row) => contextOf[row]!);
  const views = context.map((c) => contexts[c + 1]! - contexts[c]!);
  const pages = context.map((c) => pagesIn[c]!);
  eachSpan(parts, (part, from, end) => {
    for (let row = from; row < end; row++) counts[path[row]!]!++;
    for (let row = from; row < end; row++) same[row]! -= counts[path[row]!]!;
    for (let row = from; row < end; row++) {
      if (counts[path[row]!]! > 0 && same[row] === 0) pages[part]!--;
      counts[path[row]!] = 0;
    }
    views[part]! -= end - from;
  });
  return { byContext, contexts, parts, context, views, pages, same };
}

/**
 * The probability of each row's page in the contexts of a level, without the user's own views: of
 * n views of d different pages, (views of the page + d * probability on the level before) /
 * (n + d). Before the first it is one guess among those d of the site and an unknown one.
 */
function refineChances(
  chance: Float64Array,
  { parts, views, pages, same }: Level,
  isFirst: boolean,
): void {
  eachSpan(parts, (part, from, end) => {
    const weight = Math.max(1, pages[part]!);
    for (let row = from; row < end; row++) {
      const before = isFirst ? 1 / (pages[part]! + 1) : chance[row]!;
      chance[row] = (same[row]! + weight * before) / (views[part]! + weight);
    }
  });
}

/** The others' mean surprise in the contexts of a level, leaning on the level before in the same way. */
function refineExpected(
  expected: Float64Array,
  surprise: Float64Array,
  { byContext, contexts, parts, context, views, pages }: Level,
  isFirst: boolean,
): void {
  const bitsIn = new Float64Array(contexts.length);
  eachSpan(contexts, (c, from, end) => {
    for (let i = from; i < end; i++) bitsIn[c]! += surprise[byContext[i]!]!;
  });
  eachSpan(parts, (part, from, end) => {
    let bits = bitsIn[context[part]!]!;
    for (let row = from; row < end; row++) bits -= surprise[row]!;
    if (views[part] === 0) bits = 0; // nobody else there: only rounding is left of the sum
    const weight = Math.max(1, pages[part]!);
    // The same for all of the user's rows here, on this level and those before.
    const before = isFirst ? Math.log2(pages[part]! + 1) : expected[from]!;
    expected.fill((bits + weight * before) / (views[part]! + weight), from, end);
  });
}
