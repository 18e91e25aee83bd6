import type pl from "nodejs-polars";
import { quotedName } from "../../keep/database-names";
import { counted } from "../../words/format-words";
import { COHORT_FIELDS, type CohortRow, cohortsFrame, parseCohort } from "../cohort-rows";
import { DataFileError, PROBLEMS_TOLD, type RowProblem } from "../data-file-error";
import type { DatabaseConnection, DatabaseRow } from "./connection";
import type { FoundTable } from "./find-tables";
import { EXPECTED_UTF8, shownValue, textOf } from "./log-row-reader";
import { tooFewRows } from "./too-few-rows";

/** How MySQL writes "no date" in columns that may not be NULL. */
const ZERO_DATE = /^0000-00-00( 00:00:00(\.0+)?)?$/;

/** No school has nearly as many. */
const MOST_COHORTS = 100_000;

/** Table `cohorts` as it is read. */
export class CohortReading {
  private readonly cohorts: CohortRow[] = [];
  private readonly zeroDates = new Map<string, number>();

  constructor(private readonly place: string) {}

  /** @throws {DataFileError} where a row is not as it should be */
  async read(connection: DatabaseConnection, table: FoundTable): Promise<void> {
    const name = quotedName(table.name);
    const columns = table.columns.map(quotedName);
    const order = [columns[0], ...table.key.map(quotedName)].join(", ");
    const problems: RowProblem[] = [];
    let rows = 0;
    let badRows = 0;
    const countRows = async () => {
      const [[count = 0] = []] = await connection.rows(`SELECT COUNT(*) FROM ${name}`);
      return Number(count);
    };
    const before = await countRows();
    await connection.stream(
      `SELECT ${columns.join(", ")} FROM ${name} ORDER BY ${order}`,
      (row) => {
        rows++;
        const problem = this.take(row);
        if (problem === undefined) return;
        badRows++;
        if (problems.length < PROBLEMS_TOLD) problems.push({ line: rows, ...problem });
      },
      MOST_COHORTS,
    );
    const least = Math.min(before, await countRows());
    if (rows < least) throw tooFewRows(this.place, table.name, rows, least);
    if (badRows === 0) return;
    throw DataFileError.ofRows(
      `${this.place}, table ${table.name}`,
      problems,
      badRows,
      `Correct the table. Rows are counted from 1 in this order: SELECT * FROM ${name} ORDER BY ${order}.`,
      "row",
    );
  }

  toFrame(): pl.DataFrame {
    return cohortsFrame(this.cohorts);
  }

  notes(): string[] {
    return Array.from(
      this.zeroDates,
      ([field, count]) =>
        `${this.place}, table of cohorts: ${counted(count, "zero date")} (0000-00-00) in ${field} taken for none.`,
    );
  }

  private take(row: DatabaseRow): Omit<RowProblem, "line"> | undefined {
    const texts: string[] = [];
    for (const [at, value] of row.entries()) {
      const field = COHORT_FIELDS[at] as string;
      const text = textOf(value);
      if (text === undefined) return { field, expected: EXPECTED_UTF8, found: shownValue(value) };
      const isZeroDate = ZERO_DATE.test(text) && /_(date|at)$/.test(field);
      if (isZeroDate) this.zeroDates.set(field, (this.zeroDates.get(field) ?? 0) + 1);
      texts.push(isZeroDate ? "" : text);
    }
    const cohort = parseCohort(texts);
    if (!Array.isArray(cohort)) return cohort;
    this.cohorts.push(cohort);
    return undefined;
  }
}
