import pl from "nodejs-polars";
import { frameOf } from "../../log/frame-of";
import { requireColumns } from "../../log/require-columns";
import { int32, numbers } from "../../log/typed-arrays";

export interface ScoreDetectorsOptions {
  /** Kinds of story that count; those of which days can be told, where not given. */
  kinds?: readonly string[];
}

/**
 * Kinds of story that happen on certain days of one user. Of the others, `drop_out` and
 * `hardly_reading` are about days without a row, `overused_lesson` about a class, and
 * `no_cohort` and `named_suspect` about a user's whole life.
 */
export const STORY_KINDS: readonly string[] = [
  "scraping",
  "one_day_peak",
  "cross_program",
  "probing",
  "many_addresses",
];

/** What all kinds together are called. */
export const ALL_KINDS = "all";

/**
 * How well detectors find what is known to be there.
 *
 * A story is found if a day of its user between its first and its last row is flagged; a
 * flag is true if it lies in a story. So a story of two weeks counts once, however many
 * of its days are flagged, and each flag outside of stories counts against the detector.
 *
 * - `recall`: stories found, of all stories
 * - `precision`: true flags, of all flags. Of a single kind: flags in other kinds' stories
 *   are left out, neither true nor false.
 * - `average_precision`: down the ranking by score, beyond the flags as well, precision at
 *   each step that finds a new story, weighed by the recall it adds; rows of equal score
 *   are one step. Where each story is one day this is scikit-learn's
 *   `average_precision_score`, but for stories without a score, which are never found.
 *
 * @param scores `detector`, `user_id`, `date`, `score`: what `detectorScores` gives
 * @param truth `kind`, `user_id`, `from`, `to`: what the sample says is planted in it;
 *   stories of no single user are left out
 * @returns `detector` (String), `kind` (String: each kind that has stories, and `all`),
 *   `stories`, `stories_found` (Int64), `recall` (Float64), `flags`, `true_flags` (Int64),
 *   `precision` (Float64, null without flags), `average_precision` (Float64): by detector
 *   in the order of `scores`, and kind
 * @throws {Error} if a column is missing or of another type
 */
export function scoreDetectors(
  scores: pl.DataFrame,
  truth: pl.DataFrame,
  { kinds = STORY_KINDS }: ScoreDetectorsOptions = {},
): pl.DataFrame {
  requireColumns("scoreDetectors (scores)", scores, "detector", "user_id", "date", "score");
  requireColumns("scoreDetectors (truth)", truth, "kind", "user_id", "from", "to");
  const stories = storiesOf(truth, kinds);
  const names = [...new Set(scores.getColumn("detector").toArray() as string[])];
  const rows = names.flatMap((name) => {
    const days = scored(scores.filter(pl.col("detector").eq(pl.lit(name))), stories);
    const present = kinds.filter((kind) => stories.some((story) => story.kind === kind));
    return [ALL_KINDS, ...present].map((kind) => ({
      detector: name,
      kind: kind,
      ...measured(days, stories, kind),
    }));
  });
  return frameOf(
    rows,
    "detector",
    "kind",
    "stories",
    "stories_found",
    "recall",
    "flags",
    "true_flags",
    "precision",
    "average_precision",
  );
}

interface Story {
  kind: string;
  user: number;
  /** Days since 1970 of its first and last row. */
  from: number;
  to: number;
}

const DAY = 86_400_000;

function storiesOf(truth: pl.DataFrame, kinds: readonly string[]): Story[] {
  const time = (name: string) => pl.col(name).cast(pl.Datetime("ms")).cast(pl.Int64);
  const known = truth.select("kind", "user_id", time("from"), time("to")).dropNulls();
  const [user, from, to] = ["user_id", "from", "to"].map((name) => numbers(known, name)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const stories = (known.getColumn("kind").toArray() as string[]).map((kind, i) => ({
    kind,
    user: user[i]!,
    from: Math.floor(from[i]! / DAY),
    to: Math.floor(to[i]! / DAY),
  }));
  return stories.filter(({ kind }) => kinds.includes(kind));
}

/** What a detector says of all days, for counting. */
interface Scored {
  /** Every score, lowest first. */
  all: Float64Array;
  /** Days that lie in stories: their score, and the stories by place. */
  inStories: { score: number; stories: number[] }[];
}

function scored(scores: pl.DataFrame, stories: readonly Story[]): Scored {
  const known = scores.select("user_id", "date", "score").dropNulls();
  const [users, values] = [numbers(known, "user_id"), numbers(known, "score")];
  const days = int32(known, "date");
  const byUser = new Map<number, number[]>();
  stories.forEach(({ user }, place) => {
    byUser.set(user, [...(byUser.get(user) ?? []), place]);
  });
  const inStories: Scored["inStories"] = [];
  for (let row = 0; row < users.length; row++) {
    const day = days[row]!;
    const own = byUser
      .get(users[row]!)
      ?.filter((place) => stories[place]!.from <= day && day <= stories[place]!.to);
    if (own && own.length > 0) inStories.push({ score: values[row]!, stories: own });
  }
  inStories.sort((a, b) => b.score - a.score);
  return { all: values.slice().sort(), inStories };
}

/** How many of sorted numbers are above `limit`, or as high where `orEqual`. */
function countAbove(sorted: Float64Array, limit: number, orEqual = false): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const isAbove = orEqual ? sorted[middle]! >= limit : sorted[middle]! > limit;
    if (isAbove) high = middle;
    else low = middle + 1;
  }
  return sorted.length - low;
}

function measured({ all, inStories }: Scored, stories: readonly Story[], kind: string) {
  const isMeant = stories.map((story) => kind === ALL_KINDS || story.kind === kind);
  const total = isMeant.filter(Boolean).length;
  const found = new Set<number>();
  /** Days of the ranking so far that lie in stories: in some that are meant, and in others only. */
  let [right, aside] = [0, 0];
  let [flags, trueFlags, foundByFlags] = [countAbove(all, 1), 0, 0];
  let averagePrecision = 0;
  // Down the ranking from one day in a story to the next: nothing changes in between.
  for (let i = 0; i < inStories.length; ) {
    const { score } = inStories[i]!;
    const before = found.size;
    for (; i < inStories.length && inStories[i]!.score === score; i++) {
      const meant = inStories[i]!.stories.filter((place) => isMeant[place]);
      if (meant.length > 0) right++;
      else aside++;
      for (const place of meant) found.add(place);
    }
    if (found.size > before) {
      const rows = countAbove(all, score, true) - aside;
      averagePrecision += ((right / rows) * (found.size - before)) / total;
    }
    if (score > 1) {
      [trueFlags, foundByFlags] = [right, found.size];
      flags = countAbove(all, 1) - aside;
    }
  }
  return {
    stories: total,
    stories_found: foundByFlags,
    recall: total > 0 ? foundByFlags / total : null,
    flags: flags,
    true_flags: trueFlags,
    precision: flags > 0 ? trueFlags / flags : null,
    average_precision: averagePrecision,
  };
}
