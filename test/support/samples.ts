import { cohortsById } from "../../lib/twin/cohorts";
import { FULL_SIZE, frozenLog } from "../../lib/twin/frozen";
import { type SampleRows, sampleRows } from "../../lib/twin/sample-rows";

/** The sample's rows in numbers, as `sampleLogs` has them in frames. */
export function rowsOfSample(rows: number, seed: number, anomalies = 0): SampleRows {
  return sampleRows(frozenLog(), rows, seed, anomalies);
}

export const wholeRows = (seed: number, anomalies = 0): SampleRows =>
  rowsOfSample(FULL_SIZE, seed, anomalies);

/** The cohorts by id, days as days of the log. */
export const COHORTS = cohortsById(frozenLog());
