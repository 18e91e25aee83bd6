import pl from "nodejs-polars";
import { frameOf } from "../../log/frame-of";
import { gathered } from "../../log/gathered";
import { requireColumns } from "../../log/require-columns";
import { int32, numbers } from "../../log/typed-arrays";
import { above, not, where } from "../../log/where";

export interface ScoreDetectorsOptions {
  kinds?: readonly string[];
}

export const STORY_KINDS: readonly string[] = [
  "scraping",
  "one_day_peak",
  "cross_program",
  "probing",
  "many_addresses",
];

export const ALL_KINDS = "all";

/**
 * How well detectors find what is known to be there. A story is found if a day of its user between
 * its first and its last row is flagged; a flag is true if it lies in a story. `average_precision`
 * as scikit-learn's `average_precision_score`, down the whole ranking by score.
 * @returns `detector` (in the order of `scores`), `kind` (`all`, and each that has stories),
 *   `stories`, `stories_found`, `recall`, `flags` (of a single kind without those in other kinds'
 *   stories), `true_flags`, `precision` (null without flags), `average_precision`
 * @throws {Error} if a column is missing or of another type
 * @example
 * scoreDetectors(detectorScores(sample.accessLog), sample.truth);
 */
export function scoreDetectors(
  scores: pl.DataFrame,
  truth: pl.DataFrame,
  { kinds = STORY_KINDS }: ScoreDetectorsOptions = {},
): pl.DataFrame {
  requireColumns("scoreDetectors (scores)", scores, "detector", "user_id", "date", "score");
  requireColumns("scoreDetectors (truth)", truth, "kind", "user_id", "from", "to");
  const stories = storiesOf(truth).filter(({ kind }) => kinds.includes(kind));
  const present = kinds.filter((kind) => stories.some((story) => story.kind === kind));
  const names = [...new Set(scores.getColumn("detector").toArray() as string[])];
  const rows = names.flatMap((detector) => {
    const days = ranking(where(scores, { detector }), stories);
    return [ALL_KINDS, ...present].map((kind) => {
      const meant = stories.filter((story) => kind === ALL_KINDS || story.kind === kind);
      return { detector, kind, ...measured(days, meant) };
    });
  });
  return frameOf(rows, "detector", "kind", ...STORIES, ...FLAGS, "average_precision");
}

const STORIES = ["stories", "stories_found", "recall"] as const;
const FLAGS = ["flags", "true_flags", "precision"] as const;

type Story = ReturnType<typeof storiesOf>[number];

/** Of users, with the days since 1970 of their first and last row. */
function storiesOf(truth: pl.DataFrame) {
  const day = (name: string) => pl.col(name).cast(pl.Date);
  const known = truth.select("kind", "user_id", day("from"), day("to")).dropNulls();
  const [users, from, to] = [numbers(known, "user_id"), int32(known, "from"), int32(known, "to")];
  return (known.getColumn("kind").toArray() as string[]).map((kind, i) => {
    return { kind, user: users[i]!, from: from[i]!, to: to[i]! };
  });
}

function ranking(scores: pl.DataFrame, stories: readonly Story[]) {
  const known = where(scores, { score: above(-Infinity), user_id: not(null), date: not(null) });
  const ranked = known.sort({ by: "score", descending: true });
  const [users, days] = [numbers(ranked, "user_id"), int32(ranked, "date")];
  const byUser = gathered(stories, ({ user }) => user);
  return Array.from(numbers(ranked, "score"), (score, row) => {
    const own = byUser.get(users[row]!) ?? [];
    return { score, stories: own.filter(({ from, to }) => from <= days[row]! && days[row]! <= to) };
  });
}

function measured(ranked: ReturnType<typeof ranking>, stories: readonly Story[]) {
  const found = new Set<Story>();
  let [rows, right, averagePrecision] = [0, 0, 0];
  let [flags, trueFlags, foundByFlags] = [0, 0, 0];
  for (let i = 0; i < ranked.length; ) {
    const { score } = ranked[i]!;
    const before = found.size;
    for (; i < ranked.length && ranked[i]!.score === score; i++) {
      const own = ranked[i]!.stories;
      const meant = own.filter((story) => stories.includes(story));
      if (own.length > 0 && meant.length === 0) continue; // another kind's
      rows++;
      if (meant.length > 0) right++;
      for (const story of meant) found.add(story);
    }
    if (found.size > before) {
      averagePrecision += ((right / rows) * (found.size - before)) / stories.length;
    }
    if (score > 1) [flags, trueFlags, foundByFlags] = [rows, right, found.size];
  }
  return {
    stories: stories.length,
    stories_found: foundByFlags,
    recall: stories.length > 0 ? foundByFlags / stories.length : null,
    flags,
    true_flags: trueFlags,
    precision: flags > 0 ? trueFlags / flags : null,
    average_precision: averagePrecision,
  };
}
