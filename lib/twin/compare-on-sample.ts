/** A process of `compareDetectors`: prints how the detectors do on one sample, as JSON. */
import pl from "nodejs-polars";
import { detectorScores } from "../detect/compare/detector-scores";
import { scoreDetectors } from "../detect/compare/score-detectors";
import { prepareLogs } from "../prepare/prepare-logs";
import { sampleLogs } from "./sample-logs";
import { LESSONS_CLOSED } from "./truth";

const options = JSON.parse(process.argv[2]!);
const { logs, cohorts, truth } = sampleLogs(options);
// Before the lessons were closed, reading them broke no rule.
const isAllowed = pl
  .col("kind")
  .eq(pl.lit("cross_program"))
  .and(pl.col("to").lt(pl.lit(new Date(LESSONS_CLOSED))));
const scores = detectorScores(prepareLogs({ logs, cohorts }));
const compared = scoreDetectors(scores, truth.filter(isAllowed.not()));
process.stdout.write(
  JSON.stringify(compared.toRecords().map((row) => ({ seed: options.seed, ...row }))),
);
