import { cohortsFrame } from "../../lib/acquire/cohort-rows";
import * as text from "../../lib/acquire/read-access-text";
import * as cohorts from "../../lib/acquire/read-cohorts-csv";
import * as joined from "../../lib/acquire/read-joined-csv";
import type { ReadRowsOptions } from "../../lib/acquire/read-rows";

// The readers, with what they collect as tables.

export async function readAccessText(path: string, options?: ReadRowsOptions) {
  const read = await text.readAccessText(path, options);
  return { ...read, logs: read.logs.toFrame() };
}

export async function readCohortsCsv(path: string, options?: ReadRowsOptions) {
  const read = await cohorts.readCohortsCsv(path, options);
  return { ...read, cohorts: cohortsFrame(read.cohorts) };
}

export async function readJoinedCsv(path: string, options?: ReadRowsOptions) {
  const read = await joined.readJoinedCsv(path, options);
  return { ...read, logs: read.logs.toFrame(), cohorts: cohortsFrame(read.cohorts) };
}
