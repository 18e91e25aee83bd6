/** A process of `compareDetectors`: prints how the detectors do on one sample, as JSON. */
import pl from "nodejs-polars";
import { detectorScores } from "../detect/compare/detector-scores";
import { DETECTORS } from "../detect/compare/detectors";
import { falseAlarms } from "../detect/compare/false-alarms";
import { ONE_LINERS } from "../detect/compare/one-liners";
import { scoreDetectors } from "../detect/compare/score-detectors";
import { prepareLogs } from "../prepare/prepare-logs";
import { attackedSample } from "./attacks/attacked-sample";
import { LESSONS_CLOSED } from "./truth";

const options = JSON.parse(process.argv[2]!);
const { logs, cohorts, truth } = attackedSample(options);
// Before the lessons were closed, reading them broke no rule.
const isAllowed = pl
  .col("kind")
  .eq(pl.lit("cross_program"))
  .and(pl.col("to").lt(pl.lit(new Date(LESSONS_CLOSED))));
const judged = truth.filter(isAllowed.not());
const detectors = [...DETECTORS, ...ONE_LINERS];
const scores = detectorScores(prepareLogs({ logs, cohorts }), { detectors });
const rowsOf = (frame: pl.DataFrame) =>
  frame.toRecords().map((row) => ({ seed: options.seed, ...row }));
const found = {
  scores: rowsOf(scoreDetectors(scores, judged)),
  alarms: rowsOf(falseAlarms(scores, judged)),
};
/** More digits would only make the record longer. */
const short = (_: string, value: unknown) =>
  typeof value === "number" ? Number(value.toPrecision(6)) : value;
process.stdout.write(JSON.stringify(found, short));
