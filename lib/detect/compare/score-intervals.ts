import type pl from "nodejs-polars";
import { frameOf } from "../../log/frame-of";
import { gathered } from "../../log/gathered";
import { requireColumns } from "../../log/require-columns";
import { quantile } from "../../stats/quantile";
import { randomNumbers } from "../../stats/random";
import { requireInteger } from "../../stats/require-option";

export interface ScoreIntervalsOptions {
  draws?: number;
  seed?: number;
}

const KEYS = ["detector", "origin", "kind", "level"] as const;
const COUNTS = ["stories", "stories_found", "episodes", "true_episodes"] as const;
const CHANCE = ["prevalence", "by_chance"] as const;
const MEASURES = ["recall", "precision", "average_precision"] as const;
const ENDS = MEASURES.flatMap((name) => [name, `${name}_low`, `${name}_high`] as const);

type Row = Record<string, number | null>;

/**
 * Scores of several samples as one, with intervals that cover 95 % of `draws` bootstrap samples of
 * samples (Efron 1979, percentiles). Recall and precision are of all stories and episodes together,
 * average precision, prevalence and chance are means.
 *
 * Samples that share something (here the published stories and everyone's daily totals) are less
 * different than schools would be, so intervals are too short for another school. Where all samples
 * agree an interval has no length: of 0 found in 10, up to a quarter may be found elsewhere.
 * @param scores what `scoreDetectors` gives of each sample, with its `seed`
 * @returns `detector`, `origin`, `kind`, `level`, `samples`, `stories`, `stories_found`, `episodes`,
 *   `true_episodes`, and `recall`, `precision`, `average_precision`, each with `_low` and `_high`
 *   (null where no sample has one), `prevalence`, `by_chance`; in the order in which they come
 * @throws {RangeError} if `draws` is not an integer from 1
 * @throws {Error} if a column is missing or of another type
 * @example
 * const { scores } = recordedComparison();
 * scoreIntervals(where(scores, { kind: "all" }));
 */
export function scoreIntervals(
  scores: pl.DataFrame,
  { draws = 1_000, seed = 1 }: ScoreIntervalsOptions = {},
): pl.DataFrame {
  requireInteger("scoreIntervals", { draws }, { atLeast: 1 });
  requireInteger("scoreIntervals", { seed }, {});
  requireColumns("scoreIntervals", scores, "seed", "detector", "origin", "kind", "level");
  requireColumns("scoreIntervals", scores, ...COUNTS, "average_precision", ...CHANCE);
  const records = scores.toRecords() as Row[];
  const seeds = [...new Set(records.map((row) => row.seed))];
  const random = randomNumbers(seed);
  // The same samples for all, so that detectors can be compared.
  const drawn = Array.from({ length: draws }, () =>
    seeds.map(() => seeds[Math.floor(random() * seeds.length)]),
  );
  const rows = [...gathered(records, (row) => KEYS.map((key) => row[key]).join("\0")).values()];
  const summed = rows.map((own) => {
    const bySeed = gathered(own, (row) => row.seed);
    const pooled = drawn.map((some) => together(some.flatMap((one) => bySeed.get(one!) ?? [])));
    const ends = MEASURES.flatMap((name) => {
      const known = pooled.map((row) => row[name]).filter((value) => value !== null);
      const sorted = Float64Array.from(known as number[]).sort();
      const end = (at: number) => (sorted.length > 0 ? quantile(sorted, at) : null);
      return [
        [`${name}_low`, end(0.025)],
        [`${name}_high`, end(0.975)],
      ];
    });
    const keys = KEYS.map((key) => [key, own[0]![key]]);
    return { ...Object.fromEntries([...keys, ...ends]), samples: own.length, ...together(own) };
  });
  return frameOf(summed, ...KEYS, "samples", ...COUNTS, ...ENDS, ...CHANCE);
}

function together(rows: readonly Row[]) {
  const known = (name: string) => rows.map((row) => row[name]).filter((value) => value !== null);
  const sum = (name: string) => (known(name) as number[]).reduce((all, value) => all + value, 0);
  const mean = (name: string) => (known(name).length > 0 ? sum(name) / known(name).length : null);
  const share = (part: string, whole: string) => (sum(whole) > 0 ? sum(part) / sum(whole) : null);
  return {
    ...Object.fromEntries(COUNTS.map((name) => [name, sum(name)])),
    recall: share("stories_found", "stories"),
    precision: share("true_episodes", "episodes"),
    average_precision: mean("average_precision"),
    ...Object.fromEntries(CHANCE.map((name) => [name, mean(name)])),
  } as Row;
}
