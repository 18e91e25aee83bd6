/**
 * Both kinds of bands on Numenta's anomaly benchmark, beside what is published of others:
 *
 *     npm run benchmark:nab -- PATH
 *
 * PATH is a folder with the benchmark's `data`, `labels` and `results`
 * (https://github.com/numenta/NAB). Nothing of it is in this project.
 */
import pl from "nodejs-polars";
import { bollingerBands } from "../../lib/detect/bands/bollinger-bands";
import { numbers } from "../../lib/log/typed-arrays";
import { frameOfArrays } from "../../lib/log/typed-columns";
import {
  type NabFile,
  nabFiles,
  publishedResults,
  publishedScores,
  scoredDetectors,
} from "./nab-files";
import { NAB_PROFILES, nabScore } from "./nab-score";

/** Rows of the bands' history: as notebooks have it, and as the benchmark's own detectors have. */
const SPANS = [30, 300];

function compare(folder: string): void {
  const files = nabFiles(folder);
  const say = (name: string, scores: readonly number[]) =>
    console.log(name.padEnd(44) + scores.map((score) => score.toFixed(2).padStart(10)).join(""));
  const scoresOf = (scores: (file: NabFile) => ArrayLike<number>) => {
    const all = files.map((file) => ({ scores: scores(file), windows: file.windows }));
    return Object.values(NAB_PROFILES).map((profile) => nabScore(all, profile).score);
  };
  console.log(
    "".padEnd(44) + ["standard", "low FP", "low FN"].map((name) => name.padStart(10)).join(""),
  );
  const published = Object.entries(publishedResults(folder)).map(([name, of]) => ({
    name,
    scores: [of.standard!, of.reward_low_FP_rate!, of.reward_low_FN_rate!],
  }));
  for (const { name, scores } of published.sort((a, b) => b.scores[0]! - a.scores[0]!)) {
    say(`published: ${name}`, scores);
  }
  for (const name of scoredDetectors(folder)) {
    say(
      `scored here: ${name}`,
      scoresOf((file) => publishedScores(folder, name, file.name)),
    );
  }
  for (const method of ["ewm", "robust"] as const) {
    for (const span of SPANS) {
      const name = `${method === "ewm" ? "Bollinger bands" : "robust bands"}, span ${span}`;
      say(
        name,
        scoresOf(({ values }) => distances(values, { method, span })),
      );
    }
  }
  say(
    "one line: distance from the row before",
    scoresOf(({ values }) => steps(values)),
  );
}

/** How far each row lies from the middle of its bands, above or below, in their widths. */
function distances(
  pages: Float64Array,
  options: { method: "ewm" | "robust"; span: number },
): Float64Array {
  // A row is taken for a day: bands have no hours.
  const date = Int32Array.from(pages.keys());
  const frame = frameOfArrays({ date, pages }).withColumns(pl.col("date").cast(pl.Date));
  const banded = bollingerBands(frame, { ...options, by: null });
  const place = banded.select(pl.col("pct_b").fillNull(pl.lit(0.5)));
  return numbers(place, "pct_b").map((value) => Math.abs(value - 0.5));
}

const steps = (values: Float64Array): Float64Array =>
  values.map((value, row) => (row === 0 ? 0 : Math.abs(value - values[row - 1]!)));

const folder = process.argv[2];
if (folder === undefined) {
  console.error("benchmark:nab needs the benchmark's folder: npm run benchmark:nab -- PATH");
  process.exitCode = 1;
} else compare(folder);
