import type pl from "nodejs-polars";
import { quotedName } from "../../keep/database-names";
import { counted } from "../../words/format-words";
import {
  COHORT_FIELDS,
  type CohortRow,
  cohortsFrame,
  MOST_COHORTS,
  parseCohort,
} from "../cohort-rows";
import { BadRows, DataFileError, type FieldProblem } from "../data-file-error";
import type { DatabaseConnection, DatabaseRow } from "./connection";
import { tooFewRows } from "./database-error";
import type { FoundTable } from "./find-tables";
import { EXPECTED_UTF8, shownValue, textOf } from "./log-row-reader";

/** MySQL's "no date" in columns that may not be NULL. */
const ZERO_DATE = /^0000-00-00( 00:00:00(\.0+)?)?$/;

export async function readCohorts(
  connection: DatabaseConnection,
  table: FoundTable,
  place: string,
): Promise<{ cohorts: pl.DataFrame; notes: string[] }> {
  const name = quotedName(table.name);
  const columns = table.columns.map(quotedName);
  const order = [columns[0], ...table.key.map(quotedName)].join(", ");
  const cohorts: CohortRow[] = [];
  const zeroDates = new Map<string, number>();
  const bad = new BadRows();
  let rows = 0;
  const before = await connection.count(`SELECT COUNT(*) FROM ${name}`);
  await connection.stream(
    `SELECT ${columns.join(", ")} FROM ${name} ORDER BY ${order}`,
    (row) => {
      rows++;
      const cohort = readCohort(row, zeroDates);
      if (Array.isArray(cohort)) cohorts.push(cohort);
      else bad.add(rows, cohort);
    },
    MOST_COHORTS,
  );
  const least = Math.min(before, await connection.count(`SELECT COUNT(*) FROM ${name}`));
  if (rows < least) throw tooFewRows(place, table.name, rows, least);
  if (bad.count > 0) {
    const advice = `Correct the table. Rows are counted from 1 in this order: SELECT * FROM ${name} ORDER BY ${order}.`;
    throw DataFileError.ofRows(`${place}, table ${table.name}`, bad, advice, "row");
  }
  const notes = Array.from(
    zeroDates,
    ([field, count]) =>
      `${place}, table of cohorts: ${counted(count, "zero date")} (0000-00-00) in ${field} taken for none.`,
  );
  return { cohorts: cohortsFrame(cohorts), notes };
}

function readCohort(row: DatabaseRow, zeroDates: Map<string, number>): CohortRow | FieldProblem {
  const texts: string[] = [];
  for (const [at, value] of row.entries()) {
    const field = COHORT_FIELDS[at] as string;
    const text = textOf(value);
    if (text === undefined) return { field, expected: EXPECTED_UTF8, found: shownValue(value) };
    const isZeroDate = ZERO_DATE.test(text) && /_(date|at)$/.test(field);
    if (isZeroDate) zeroDates.set(field, (zeroDates.get(field) ?? 0) + 1);
    texts.push(isZeroDate ? "" : text);
  }
  return parseCohort(texts);
}
