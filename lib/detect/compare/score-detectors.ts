import type pl from "nodejs-polars";
import { frameOf } from "../../log/frame-of";
import { requireColumns } from "../../log/require-columns";
import { where } from "../../log/where";
import { countEpisodes } from "./episodes";
import { fortnightsOf, rankedFortnights } from "./fortnights";
import { storiesOf, type Told, toldOf } from "./told-stories";
import { labelled, scoresOn, type UserDays, userDaysOf, wholeLives } from "./user-days";

export interface ScoreDetectorsOptions {
  kinds?: readonly string[];
}

export const STORY_KINDS: readonly string[] = [
  ...["scraping", "one_day_peak", "cross_program", "probing", "many_addresses"],
  ...["slow_copy", "night_hour", "ordered_night_hour", "shared_copy"],
];

export const ALL_KINDS = "all";

/** Of what is labelled so that false alarms about it can be counted: never a story. */
export const DECOY = "decoy";

/**
 * How well detectors find what is known to be there.
 *
 * - **Stories**: what `truth` tells of one entity, at most 14 days apart, is one. One that is longer
 *   than a fortnight and than half of its user's days is left out, with its days. A story is found
 *   if one of its days is flagged within a fortnight of its first.
 * - **Episodes**: a user's flags at most 14 days apart are one, which is true if it meets a story.
 *   Whoever flags every week is right or wrong once.
 * - **Average precision** of users' fortnights by their highest scores, as scikit-learn's
 *   `average_precision_score`. Scores at random give `by_chance`, close to the `prevalence`:
 *   fortnights with a story among all.
 *
 * What is told of other kinds and origins counts neither for nor against a detector. Decoys are
 * ordinary days.
 * @param truth `kind`, `user_id`, `from`, `to`; if it has them, `origin` (rows apart for each;
 *   `decoy` is no story), `level` (rows for each of a kind) and `entity`
 * @returns `detector` (in the order of `scores`), `origin`, `kind` (`all`, and each that has
 *   stories), `level` (null for all of a kind), `stories`, `stories_found`, `recall`, `episodes`,
 *   `true_episodes`, `precision` (null without episodes), `average_precision`, `prevalence` and
 *   `by_chance` (null without stories); from `episodes` on null for a single level
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
  const days = userDaysOf(scores);
  const told = toldOf(truth).filter(({ kind, origin }) => kinds.includes(kind) && origin !== DECOY);
  const isWholeLife = wholeLives(days);
  const tests = groupsOf(told, kinds).map((group) => {
    const isMeant = (one: Told) => isOf(group, one) && !isWholeLife(one);
    return { ...group, ...testOf(days, told, isMeant) };
  });
  const names = [...new Set(scores.getColumn("detector").toArray() as string[])];
  const rows = names.flatMap((detector) => {
    const given = scoresOn(days, where(scores, { detector }));
    return tests.map((test) => {
      const { origin, kind, level } = test;
      return { detector, origin, kind, level, ...measured(days, test, given) };
    });
  });
  return frameOf(rows, "detector", "origin", "kind", "level", ...STORIES, ...EPISODES, ...RANKING);
}

const STORIES = ["stories", "stories_found", "recall"] as const;
const EPISODES = ["episodes", "true_episodes", "precision"] as const;
const RANKING = ["average_precision", "prevalence", "by_chance"] as const;

type Group = Pick<Told, "origin" | "kind" | "level">;

const isOf = ({ origin, kind, level }: Group, told: Told) =>
  told.origin === origin &&
  (kind === ALL_KINDS || told.kind === kind) &&
  (level === null || told.level === level);

function groupsOf(told: readonly Told[], kinds: readonly string[]): Group[] {
  const origins = told.length > 0 ? [...new Set(told.map(({ origin }) => origin))] : [null];
  return origins.flatMap((origin) =>
    [ALL_KINDS, ...kinds].flatMap((kind): Group[] => {
      const group = { origin, kind, level: null };
      const own = told.filter((one) => isOf(group, one));
      if (kind !== ALL_KINDS && own.length === 0) return [];
      const levels = kind === ALL_KINDS ? [] : own.flatMap(({ level }) => level ?? []);
      const ascending = [...new Set(levels)].sort((a, b) => a - b);
      return [group, ...ascending.map((level) => ({ ...group, level }))];
    }),
  );
}

function testOf(days: UserDays, told: readonly Told[], isMeant: (one: Told) => boolean) {
  const stories = storiesOf(told.filter(isMeant));
  const others = told.filter((one) => !isMeant(one));
  const labels = labelled(days, stories, others);
  return { stories: stories.length, labels, ...fortnightsOf(days, labels, stories.length) };
}

type Test = Group & ReturnType<typeof testOf>;

function measured(days: UserDays, test: Test, scores: Float64Array) {
  const { stories, labels, fortnight, level } = test;
  const found = new Set<number>();
  labels.forEach((label, i) => {
    if (label >= 0 && label === fortnight[i] && scores[i]! > 1) found.add(label);
  });
  const recall = stories > 0 ? found.size / stories : null;
  const findings = { stories, stories_found: found.size, recall };
  if (level !== null) return findings;
  const { episodes, true_episodes } = countEpisodes(days, labels, scores);
  const precision = episodes > 0 ? true_episodes / episodes : null;
  const ranking = rankedFortnights(test, stories, scores);
  return { ...findings, episodes, true_episodes, precision, ...ranking };
}
