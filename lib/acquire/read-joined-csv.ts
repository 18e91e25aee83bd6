import { shownPath } from "../keep/shown-text";
import { formatCount } from "../words/format-words";
import { AccessRows } from "./access-rows";
import { COHORT_FIELDS, type CohortRow, checkCohorts, parseCohort } from "./cohort-rows";
import type { FieldProblem } from "./data-file-error";
import { ACCESS_FIELDS, accessFieldReader } from "./read-access-fields";
import { cohortTexts } from "./read-cohorts-csv";
import { type ReadRowsOptions, type RowsRead, readRows } from "./read-rows";
import { CSV, type DataRecord } from "./scan-records";

export const JOINED_FIELDS = [...ACCESS_FIELDS, ...COHORT_FIELDS] as const;

/** What one way of writing a cohort says; nothing where its fields are empty. */
interface Description {
  cohort?: CohortRow;
  /** Whether it was compared with other rows of this cohort. */
  isTaken?: boolean;
  problem?: FieldProblem;
}

/** Reads `logs` left-joined to `cohorts`. A cohort with two descriptions is an error. */
export async function readJoinedCsv(
  path: string,
  options?: ReadRowsOptions,
): Promise<RowsRead & { logs: AccessRows; cohorts: CohortRow[] }> {
  const logs = new AccessRows();
  const descriptions = new Map<string, Description>();
  const cohorts = new Map<number, { cohort: CohortRow; line: number }>();

  function checkCohort(cohort: number, record: DataRecord): FieldProblem | undefined {
    const first = record.fields - COHORT_FIELDS.length;
    // parsed once for each way of writing a cohort
    const start = (record.starts[first] as number) - (record.quoting[first] === 0 ? 0 : 1);
    const key = record.bytes.toString("latin1", start, record.ends[record.fields - 1]);
    let description = descriptions.get(key);
    if (!description) {
      logs.heap.addText(2 * key.length);
      description = describe(cohortTexts(record, first));
      descriptions.set(key, description);
    }
    if (!description.cohort) return description.problem;
    if (description.cohort[0] !== cohort) {
      const expected = `${Number.isNaN(cohort) ? "nothing" : cohort}, as in cohort_id`;
      return { field: "id", expected, found: String(description.cohort[0]) };
    }
    if (!description.isTaken) {
      description.isTaken = true;
      const texts = cohortTexts(record, first);
      description.problem = takeCohort(description.cohort, record.line, texts);
    }
    return description.problem;
  }

  function takeCohort(cohort: CohortRow, line: number, texts: string[]): FieldProblem | undefined {
    const id = cohort[0] as number;
    const known = cohorts.get(id);
    if (!known) {
      checkCohorts(cohorts.size + 1);
      cohorts.set(id, { cohort, line });
      return undefined;
    }
    const differing = cohort.findIndex((value, at) => value !== known.cohort[at]);
    if (differing < 0) return undefined;
    const expected = `the same for cohort ${id} as in line ${formatCount(known.line)}`;
    const field = COHORT_FIELDS[differing] as string;
    return { field, expected, found: texts[differing] as string };
  }

  const joinedOptions = { ...options, mayHaveNoRows: true };
  const readFields = accessFieldReader(logs, checkCohort);
  const read = await readRows(path, CSV, JOINED_FIELDS, readFields, joinedOptions);
  return {
    ...read,
    notes: [...read.notes, ...logs.notes(shownPath(path))],
    logs,
    cohorts: Array.from(cohorts.values(), ({ cohort }) => cohort),
  };
}

function describe(texts: string[]): Description {
  if (texts.every((text) => text === "")) return {};
  const cohort = parseCohort(texts);
  return Array.isArray(cohort) ? { cohort } : { problem: cohort };
}
