import { formatCount } from "../words/format-words";
import { COHORT_FIELDS, type CohortRow, checkCohorts, parseCohort } from "./cohort-rows";
import { HeapUse } from "./memory";
import { type ReadRowsOptions, type RowsRead, readRows } from "./read-rows";
import { CSV, type DataRecord, fieldText } from "./scan-records";

/** Reads `cohorts.csv`, with or without an index column; a second row of an id is an error. */
export async function readCohortsCsv(
  path: string,
  options?: ReadRowsOptions,
): Promise<RowsRead & { cohorts: CohortRow[] }> {
  const cohorts: CohortRow[] = [];
  const lines = new Map<number, number>();
  const heap = new HeapUse();
  const takeCohort = (record: DataRecord, first: number) => {
    const cohort = parseCohort(cohortTexts(record, first));
    if (!Array.isArray(cohort)) return cohort;
    const id = cohort[0] as number;
    const line = lines.get(id);
    if (line !== undefined) {
      const expected = `an id of its own (line ${formatCount(line)} has this one)`;
      return { field: "id", expected, found: String(id) };
    }
    checkCohorts(cohorts.length + 1);
    heap.addText(record.end - record.start);
    lines.set(id, record.line);
    cohorts.push(cohort);
    return undefined;
  };
  const read = await readRows(path, CSV, COHORT_FIELDS, takeCohort, options);
  return { ...read, cohorts };
}

export function cohortTexts(record: DataRecord, first: number): string[] {
  return COHORT_FIELDS.map((_, field) => fieldText(record, first + field));
}
