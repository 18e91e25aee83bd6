/**
 * Page views as integers: which of the sorted users, paths (from 0) and so on each is. Were
 * they numbered as they come, the last digits of sums would depend on the order of rows.
 */
export interface CodedViews {
  user: Int32Array;
  program: Int32Array;
  cohort: Int32Array;
  /** Days since 1970, which may be below 0. */
  day: Int32Array;
  path: Int32Array;
}

/** What each page that someone opened on a day costs in bits. */
export interface SurpriseBits {
  /** Row of each page's first view that day; by user, program, week, cohort, day and path. */
  rows: Int32Array;
  /** Minus log2 of its probability for the user's peers. */
  surprise: Float64Array;
  /** What their own pages cost them on average. */
  expected: Float64Array;
  /** Place in these lists of each of the views. */
  place: Int32Array;
}

/**
 * How improbable each page is for the peers of who opened it. See `surprisingDays` for the
 * method; this is its arithmetic.
 *
 * Contexts are nested: site, program, program in a week, cohort in a week. In rows sorted by
 * them each context is a stretch, and so is each user's part of one in rows sorted by user
 * first. Two passes over stretches with one count per path then do what would otherwise take
 * millions of look-ups.
 */
export function surpriseBits(views: CodedViews): SurpriseBits {
  const { rows, place } = firstViews(views);
  const user = taken(views.user, rows);
  const path = taken(views.path, rows);
  const program = taken(views.program, rows);
  const week = taken(views.day, rows).map(weekOf);
  const cohort = taken(views.cohort, rows);
  const nested = [program, week, cohort];
  const byContext = [cohort, week, program].reduce(sortBy, ascending(rows.length));
  const inOrder = ascending(rows.length);
  const levels = [0, 1, 2, 3].map((depth) => ({
    byContext,
    contexts: stretches(byContext, nested.slice(0, depth)),
    own: stretches(inOrder, [user, ...nested.slice(0, depth)]),
  }));

  const surprise = new Float64Array(rows.length);
  const others = levels.map((level, depth) => refineChances(surprise, path, level, depth === 0));
  for (let row = 0; row < rows.length; row++) {
    surprise[row] = -Math.log2(surprise[row]!) + 0; // + 0: no minus zero
  }
  const expected = new Float64Array(rows.length);
  levels.forEach((level, depth) => {
    refineExpected(expected, surprise, level, others[depth]!, depth === 0);
  });
  return { rows, surprise, expected, place };
}

/** Weeks begin on Mondays; day 0 of 1970 was a Thursday. */
function weekOf(day: number): number {
  return Math.floor((day + 3) / 7);
}

/** Each page once per user, cohort and day: opening it again says nothing new. */
function firstViews(views: CodedViews): { rows: Int32Array; place: Int32Array } {
  const { user, program, cohort, day, path } = views;
  const keys = [path, day, cohort, day.map(weekOf), program, user];
  const sorted = keys.reduce(sortBy, ascending(path.length));
  const rows = new Int32Array(sorted.length);
  const place = new Int32Array(sorted.length);
  let count = 0;
  for (let i = 0; i < sorted.length; i++) {
    const row = sorted[i]!;
    const before = sorted[i - 1] ?? row;
    const again =
      i > 0 &&
      path[row] === path[before] &&
      day[row] === day[before] &&
      cohort[row] === cohort[before] &&
      program[row] === program[before] &&
      user[row] === user[before];
    if (!again) rows[count++] = row;
    place[row] = count - 1;
  }
  return { rows: rows.slice(0, count), place };
}

/** The places 0, 1, 2, ... */
export function ascending(count: number): Int32Array {
  const rows = new Int32Array(count);
  for (let i = 0; i < count; i++) rows[i] = i;
  return rows;
}

/** The values of some rows. (`Int32Array.from` with a function takes twenty times as long.) */
export function taken(values: Int32Array, rows: Int32Array): Int32Array {
  const some = new Int32Array(rows.length);
  for (let i = 0; i < rows.length; i++) some[i] = values[rows[i]!]!;
  return some;
}

/** The rows by a key, those with the same in the order they had (a counting sort). */
export function sortBy(rows: Int32Array, key: Int32Array): Int32Array {
  let [least, most] = [key[0] ?? 0, key[0] ?? 0];
  for (let i = 0; i < key.length; i++) {
    if (key[i]! < least) least = key[i]!;
    if (key[i]! > most) most = key[i]!;
  }
  const starts = new Int32Array(most - least + 2);
  for (let i = 0; i < key.length; i++) starts[key[i]! - least + 1]!++;
  for (let i = 1; i < starts.length; i++) starts[i]! += starts[i - 1]!;
  const sorted = new Int32Array(rows.length);
  for (let i = 0; i < rows.length; i++) sorted[starts[key[rows[i]!]! - least]!++] = rows[i]!;
  return sorted;
}

/** Where the stretches of rows that are alike in all keys end. */
function stretches(rows: Int32Array, keys: Int32Array[]): Int32Array {
  const isEnd = new Uint8Array(rows.length);
  for (const key of keys) {
    for (let i = 1; i < rows.length; i++) if (key[rows[i]!] !== key[rows[i - 1]!]) isEnd[i - 1] = 1;
  }
  if (rows.length > 0) isEnd[rows.length - 1] = 1;
  const ends = new Int32Array(isEnd.reduce((sum, end) => sum + end, 0));
  for (let i = 0, count = 0; i < rows.length; i++) if (isEnd[i] === 1) ends[count++] = i + 1;
  return ends;
}

/** A level of contexts. */
interface Level {
  /** Rows by context. */
  byContext: Int32Array;
  /** Where contexts end in `byContext`. */
  contexts: Int32Array;
  /** Where each user's part of a context ends, in rows as they are. */
  own: Int32Array;
}

/** Of each user's part of a context, what the context has without it. */
interface Others {
  /** The context's place. */
  context: Int32Array;
  /** Page views. */
  views: Int32Array;
  /** Different pages. */
  pages: Int32Array;
}

/**
 * The probability of each row's page in the contexts of a level, without the user's own views: of
 * n views of d different pages, (views of the page + d * probability on the level before) /
 * (n + d). Before the first it is one guess among those d of the site and an unknown one.
 */
function refineChances(
  chance: Float64Array,
  path: Int32Array,
  { byContext, contexts, own }: Level,
  isFirst: boolean,
): Others {
  const counts = new Int32Array(path.reduce((most, code) => Math.max(most, code + 1), 0));
  const same = new Int32Array(path.length);
  const contextOf = new Int32Array(path.length);
  const pathByContext = taken(path, byContext);
  const viewsIn = new Int32Array(contexts.length);
  const pagesIn = new Int32Array(contexts.length);
  let start = 0;
  for (let c = 0; c < contexts.length; c++) {
    const end = contexts[c]!;
    let pages = 0;
    for (let i = start; i < end; i++) if (counts[pathByContext[i]!]!++ === 0) pages++;
    for (let i = start; i < end; i++) {
      same[byContext[i]!] = counts[pathByContext[i]!]!;
      contextOf[byContext[i]!] = c;
    }
    for (let i = start; i < end; i++) counts[pathByContext[i]!] = 0;
    viewsIn[c] = end - start;
    pagesIn[c] = pages;
    start = end;
  }

  const others: Others = {
    context: new Int32Array(own.length),
    views: new Int32Array(own.length),
    pages: new Int32Array(own.length),
  };
  start = 0;
  for (let o = 0; o < own.length; o++) {
    const end = own[o]!;
    const c = contextOf[start]!;
    for (let row = start; row < end; row++) counts[path[row]!]!++;
    for (let row = start; row < end; row++) same[row]! -= counts[path[row]!]!;
    let pages = pagesIn[c]!;
    for (let row = start; row < end; row++) {
      if (counts[path[row]!]! > 0 && same[row] === 0) pages--;
      counts[path[row]!] = 0;
    }
    const views = viewsIn[c]! - (end - start);
    const weight = Math.max(1, pages);
    for (let row = start; row < end; row++) {
      const before = isFirst ? 1 / (pages + 1) : chance[row]!;
      chance[row] = (same[row]! + weight * before) / (views + weight);
    }
    others.context[o] = c;
    others.views[o] = views;
    others.pages[o] = pages;
    start = end;
  }
  return others;
}

/** The others' mean surprise in the contexts of a level, leaning on the level before in the same way. */
function refineExpected(
  expected: Float64Array,
  surprise: Float64Array,
  { byContext, contexts, own }: Level,
  { context, views, pages }: Others,
  isFirst: boolean,
): void {
  const bitsIn = new Float64Array(contexts.length);
  let start = 0;
  for (let c = 0; c < contexts.length; c++) {
    for (let i = start; i < contexts[c]!; i++) bitsIn[c]! += surprise[byContext[i]!]!;
    start = contexts[c]!;
  }
  start = 0;
  for (let o = 0; o < own.length; o++) {
    const end = own[o]!;
    let bits = bitsIn[context[o]!]!;
    for (let row = start; row < end; row++) bits -= surprise[row]!;
    if (views[o] === 0) bits = 0; // nobody else there: only rounding is left of the sum
    const weight = Math.max(1, pages[o]!);
    // The same for all of the user's rows here, on this level and those before.
    const before = isFirst ? Math.log2(pages[o]! + 1) : expected[start]!;
    expected.fill((bits + weight * before) / (views[o]! + weight), start, end);
    start = end;
  }
}
