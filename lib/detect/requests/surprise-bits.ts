import pl from "nodejs-polars";
import { codesOf } from "../../log/coded-column";
import { daysOf, NO_DAY, picked } from "../../log/log-arrays";
import { STAFF_COHORT_ID } from "../../log/programs";
import { requireColumns } from "../../log/require-columns";
import { weekOf } from "../../log/week";
import { eachSpan, numbered, sortedBy, spanStarts } from "./spans";

export type SurpriseBits = ReturnType<typeof surpriseBits>;

/**
 * The arithmetic of `surprisingDays`: for pages, once per user, cohort and day, the first of their
 * `views`, `surprise` and `expected` in bits; and each view's `place` in these lists.
 */
export function surpriseBits(all: SurpriseViews) {
  const keys = [all.user, all.program, all.day.map(weekOf), all.cohort, all.day, all.path];
  const { codes: place, firsts: views } = numbered(keys, all.path.length);
  const [user, program, week, cohort, , path] = keys.map((key) =>
    picked(key, views, new Int32Array(views.length)),
  ) as [Int32Array, Int32Array, Int32Array, Int32Array, Int32Array, Int32Array];
  // Contexts are nested: site, program, program in a week, cohort in a week.
  const nested = [program, week, cohort];
  const byContext = sortedBy(nested, views.length);
  const levels = [0, 1, 2, 3].map((depth) =>
    levelOf(user, path, { byContext, keys: nested.slice(0, depth) }),
  );
  const { pages } = levels[0]!;
  // Before the first level: one guess among the site's pages and an unknown one.
  const chance = levels.reduce<Float64Array>(
    (before, level) => refined(before, level, level.same),
    pages.map((count) => 1 / (count + 1)),
  );
  const surprise = chance.map((share) => -Math.log2(share) + 0); // + 0: no minus zero
  const expected = levels.reduce<Float64Array>(
    (before, level) => refined(before, level, othersBits(level, surprise)),
    pages.map((count) => Math.log2(count + 1)),
  );
  return { views, surprise, expected, place };
}

type Level = ReturnType<typeof levelOf>;

/**
 * Of each row's context without the user's part: `views`, different `pages`, and views of the
 * `same` page. Contexts are spans in `byContext`, users' parts of them spans in rows as they are.
 */
function levelOf(
  user: Int32Array,
  path: Int32Array,
  { byContext, keys }: { byContext: Int32Array; keys: readonly Int32Array[] },
) {
  const contexts = spanStarts(keys, byContext);
  const parts = spanStarts([user, ...keys], sortedBy([], path.length));
  const [views, same] = [new Int32Array(path.length), new Int32Array(path.length)];
  const pages = new Float64Array(path.length);
  const counts = new Int32Array(path.reduce((most, code) => Math.max(most, code + 1), 0));
  eachSpan(contexts, (_, from, end) => {
    let different = 0;
    for (let i = from; i < end; i++) if (counts[path[byContext[i]!]!]!++ === 0) different++;
    for (let i = from; i < end; i++) {
      const row = byContext[i]!;
      views[row] = end - from;
      pages[row] = different;
      same[row] = counts[path[row]!]!;
    }
    for (let i = from; i < end; i++) counts[path[byContext[i]!]!] = 0;
  });
  eachSpan(parts, (_, from, end) => {
    let nobodyElses = 0;
    for (let row = from; row < end; row++) counts[path[row]!]!++;
    for (let row = from; row < end; row++) same[row]! -= counts[path[row]!]!;
    for (let row = from; row < end; row++) {
      if (counts[path[row]!]! > 0 && same[row] === 0) nobodyElses++;
      counts[path[row]!] = 0;
      views[row]! -= end - from;
    }
    for (let row = from; row < end; row++) pages[row]! -= nobodyElses;
  });
  return { byContext, contexts, parts, views, pages, same };
}

/** (what is observed in n views of d pages + d * what the level before says) / (n + d) */
function refined(
  before: Float64Array,
  { views, pages }: Level,
  observed: Int32Array | Float64Array,
): Float64Array {
  return before.map((value, row) => {
    const weight = Math.max(1, pages[row]!);
    return (observed[row]! + weight * value) / (views[row]! + weight);
  });
}

function othersBits(
  { byContext, contexts, parts, views }: Level,
  surprise: Float64Array,
): Float64Array {
  const bits = new Float64Array(surprise.length);
  eachSpan(contexts, (_, from, end) => {
    let sum = 0;
    for (let i = from; i < end; i++) sum += surprise[byContext[i]!]!;
    for (let i = from; i < end; i++) bits[byContext[i]!] = sum;
  });
  eachSpan(parts, (_, from, end) => {
    let left = bits[from]!;
    for (let row = from; row < end; row++) left -= surprise[row]!;
    // Without anybody else only rounding is left of the sum.
    bits.fill(views[from] === 0 ? 0 : left, from, end);
  });
  return bits;
}

export type SurpriseViews = ReturnType<typeof surpriseViews>;

/** A program of their own, before all others and none, which is -1. */
const STAFF = -2;

/**
 * The log's rows with a path, a user and a day, as codes and days since 1970. Users without a
 * cohort or program are each other's peers, and Staff only one another's.
 */
export function surpriseViews(caller: string, accessLog: pl.DataFrame) {
  requireColumns(caller, accessLog, "date", "path", "user_id", "cohort_id", "program_id");
  const path = codesOf(accessLog, "path", pl.String);
  const user = codesOf(accessLog, "user_id");
  const cohort = codesOf(accessLog, "cohort_id");
  const program = codesOf(accessLog, "program_id");
  const day = daysOf(accessLog);
  const staff = cohort.values.toArray().map(Number).indexOf(STAFF_COHORT_ID);
  const rows = day
    .map((_, row) => row)
    .filter((row) => path.codes[row]! >= 0 && user.codes[row]! >= 0 && day[row] !== NO_DAY);
  const of = (values: Int32Array) => picked(values, rows, new Int32Array(rows.length));
  const cohorts = of(cohort.codes);
  return {
    rows,
    user: of(user.codes),
    program: of(program.codes).map((code, i) =>
      cohorts[i] === staff && staff >= 0 ? STAFF : code,
    ),
    cohort: cohorts,
    day: of(day),
    path: of(path.codes),
    paths: path.values.toArray() as string[],
    users: user.values,
  };
}
