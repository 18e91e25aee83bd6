import type pl from "nodejs-polars";
import { formatCount } from "../words/format-words";
import type { FieldProblem } from "./data-file-error";
import { framed, parseRow, type Value } from "./typed-fields";

export const COHORT_FIELDS = [
  ...(["id", "name", "slack", "start_date", "end_date"] as const),
  ...(["created_at", "updated_at", "deleted_at", "program_id"] as const),
] as const;

export type CohortRow = Value[];

/** A cohort's row, or what is wrong with a field. Only `id` must be there. */
export function parseCohort(texts: readonly string[]): CohortRow | FieldProblem {
  return parseRow(COHORT_FIELDS, texts, ["id"]);
}

/** No school has more classes; a table with more is another one. */
export const MOST_COHORTS = 100_000;

/** @throws {RangeError} if there are too many */
export function checkCohorts(count: number): void {
  if (count <= MOST_COHORTS) return;
  throw new RangeError(`a table of cohorts can have up to ${formatCount(MOST_COHORTS)} rows`);
}

export function cohortsFrame(rows: readonly CohortRow[]): pl.DataFrame {
  return framed(rows, COHORT_FIELDS).sort("id");
}
