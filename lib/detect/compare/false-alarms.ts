import type pl from "nodejs-polars";
import { frameOf } from "../../log/frame-of";
import { requireColumns } from "../../log/require-columns";
import { where } from "../../log/where";
import { DECOY } from "./score-detectors";
import { type Told, toldOf } from "./told-stories";
import { labelled, NO_STORY, scoresOn, userDaysOf } from "./user-days";

export const ORDINARY = "ordinary days";

/**
 * How often detectors flag what is no story: days on which `truth` tells of a decoy (origin
 * `decoy`), by its kind, and all days of which it tells nothing.
 * @returns `detector`, `decoy` (`ordinary days` first), `user_days`, `false_alarms` (those flagged),
 *   `per_1000` (null without days)
 * @throws {Error} if a column is missing or of another type
 * @example
 * falseAlarms(detectorScores(sample.accessLog), sample.truth);
 */
export function falseAlarms(scores: pl.DataFrame, truth: pl.DataFrame): pl.DataFrame {
  requireColumns("falseAlarms (scores)", scores, "detector", "user_id", "date", "score");
  requireColumns("falseAlarms (truth)", truth, "kind", "user_id", "from", "to");
  const days = userDaysOf(scores);
  const told = toldOf(truth);
  const isDecoy = ({ origin }: Told) => origin === DECOY;
  const decoys = [...new Set(told.filter(isDecoy).map(({ kind }) => kind))];
  const stories = told.filter((one) => !isDecoy(one));
  const own = decoys.map((kind) => told.filter((one) => isDecoy(one) && one.kind === kind));
  const labels = labelled(days, own, stories);
  const names = [...new Set(scores.getColumn("detector").toArray() as string[])];
  const rows = names.flatMap((detector) => {
    const given = scoresOn(days, where(scores, { detector }));
    return [ORDINARY, ...decoys].map((decoy, place) => {
      const label = decoy === ORDINARY ? NO_STORY : place - 1;
      let [user_days, false_alarms] = [0, 0];
      labels.forEach((of, i) => {
        if (of !== label) return;
        user_days++;
        if (given[i]! > 1) false_alarms++;
      });
      const per_1000 = user_days > 0 ? (1_000 * false_alarms) / user_days : null;
      return { detector, decoy, user_days, false_alarms, per_1000 };
    });
  });
  return frameOf(rows, "detector", "decoy", "user_days", "false_alarms", "per_1000");
}
