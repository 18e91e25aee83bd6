import type pl from "nodejs-polars";
import { shownPath } from "../keep/shown-text";
import { formatCount } from "../words/format-words";
import { AccessRows } from "./access-rows";
import {
  COHORT_FIELDS,
  type CohortRow,
  checkCohorts,
  cohortsFrame,
  parseCohort,
} from "./cohort-rows";
import type { RowProblem } from "./data-file-error";
import { ACCESS_FIELDS, accessFieldReader } from "./read-access-fields";
import { cohortTexts } from "./read-cohorts-csv";
import { type ReadRowsOptions, type RowsRead, readRows } from "./read-rows";
import type { DataRecord } from "./scan-records";

/** Header of the joined query: both tables' columns, those of `logs` first. */
export const JOINED_FIELDS = [...ACCESS_FIELDS, ...COHORT_FIELDS] as const;

/** What one way of writing a cohort's nine fields says: a cohort, something wrong, or, where they are empty, neither. */
interface Description {
  cohort?: CohortRow;
  /** Whether it has been compared with what other rows say of this cohort. */
  isTaken?: boolean;
  problem?: Omit<RowProblem, "line">;
}

/**
 * Reads `curriculum_logs.csv`: table `logs` left-joined to `cohorts`, saved with a
 * header. Whole numbers may be written as `8.0`, as pandas does where a column has gaps.
 *
 * @returns table `logs`, by date and time; and of table `cohorts`, by id, the rows to
 *   which some row of `logs` belongs
 * @throws {DataFileError} as `readRows`; also where a cohort is described in two ways,
 *   or `id` is not the row's `cohort_id`
 */
export async function readJoinedCsv(
  path: string,
  options?: ReadRowsOptions,
): Promise<RowsRead & { logs: pl.DataFrame; cohorts: pl.DataFrame }> {
  const { logs, cohorts, read } = await collectJoined(path, options);
  return { ...read, logs: logs.toFrame(), cohorts: cohortsFrame(cohorts) };
}

/** `readJoinedCsv` up to the tables: their rows as they are collected. */
export async function collectJoined(
  path: string,
  options?: ReadRowsOptions,
): Promise<{ read: RowsRead; logs: AccessRows; cohorts: CohortRow[] }> {
  const logs = new AccessRows();
  const descriptions = new Map<string, Description>();
  const cohorts = new Map<number, { cohort: CohortRow; line: number }>();

  function checkCohort(cohort: number, record: DataRecord): Omit<RowProblem, "line"> | undefined {
    const first = record.fields - COHORT_FIELDS.length;
    // parsed once for each way in which a cohort is written, quotes included
    const isQuoted = record.quoting[first] !== 0;
    const start = (record.starts[first] as number) - (isQuoted ? 1 : 0);
    const key = record.bytes.toString("latin1", start, record.ends[record.fields - 1]);
    let description = descriptions.get(key);
    if (!description) {
      // its fields are kept, too, and what is wrong with one
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

  /** Adds a cohort to those found, or says in what it differs from the one of the same id. */
  function takeCohort(
    cohort: CohortRow,
    line: number,
    texts: string[],
  ): Omit<RowProblem, "line"> | undefined {
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

  const read = await readRows(
    path,
    { separator: ",", quotes: true },
    JOINED_FIELDS,
    accessFieldReader(logs, checkCohort),
    // A query that finds nothing is saved so.
    { ...options, mayHaveNoRows: true },
  );
  read.notes.push(...logs.notes(shownPath(path)));
  return { read, logs, cohorts: Array.from(cohorts.values(), ({ cohort }) => cohort) };
}

function describe(texts: string[]): Description {
  if (texts.every((text) => text === "")) return {};
  const cohort = parseCohort(texts);
  return Array.isArray(cohort) ? { cohort } : { problem: cohort };
}
