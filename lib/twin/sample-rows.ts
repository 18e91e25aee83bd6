import { cohortsById } from "./cohorts";
import { type FrozenLog, FULL_SIZE } from "./frozen";
import { inTimeOrder, type LogRows, rowsAt, rowsOfSeed } from "./log-rows";
import { plantAnomalies } from "./plant-anomalies";
import { thinned } from "./thin";
import { furtherStory, type PlantedStory, publishedStories } from "./truth";

export interface SampleRows extends Omit<LogRows, "held"> {
  truth: PlantedStory[];
}

/** The sample's rows in time order, up to the size of the log, and what is planted in them. */
export function sampleRows(log: FrozenLog, rows: number, seed: number, anomalies = 0): SampleRows {
  const whole = rowsOfSeed(log, seed);
  const made = rows === FULL_SIZE ? whole : rowsAt(whole, thinned(whole, rows));
  const cohorts = cohortsById(log);
  const planted = plantAnomalies(made, log.stories, cohorts, anomalies, seed);
  const further = planted.map((story) => furtherStory(story, made, cohorts));
  const sorted = inTimeOrder(made);
  const published = rows === FULL_SIZE ? publishedStories(sorted, log.stories) : [];
  return { ...sorted, truth: [...published, ...further] };
}
