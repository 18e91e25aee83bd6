import type pl from "nodejs-polars";
import type { LiveLine } from "../../notebook/show/show-live";
import { counted, formatCount } from "../../words/format-words";
import { AccessRows } from "../access-rows";
import { DataFileError, PROBLEMS_TOLD, type RowProblem } from "../data-file-error";
import type { DatabaseConnection } from "./connection";
import type { FoundTable } from "./find-tables";
import { logRowReader } from "./log-row-reader";
import { quotedName } from "./names";
import { readProgress } from "./read-progress";
import { type ReadingOrder, readingOrder } from "./reading-order";

/** Table `logs` as far as it has been read, over as many connections as that takes. */
export class LogsReading {
  private readonly rows = new AccessRows();
  private readonly take = logRowReader(this.rows);
  private readonly problems: RowProblem[] = [];
  private badRows = 0;
  private rowsSeen = 0;
  private rowsExpected = 0;
  private order: ReadingOrder | undefined;
  private condition = "";

  /** @param place what to call the database in messages */
  constructor(private readonly place: string) {}

  /** Rows taken so far. */
  get length(): number {
    return this.rows.length;
  }

  /**
   * Reads the rows that are still to come.
   *
   * @throws {DataFileError} at the end, where rows are not as they should be
   */
  async read(connection: DatabaseConnection, table: FoundTable, live: LiveLine): Promise<void> {
    this.order ??= readingOrder(table);
    const { order } = this;
    const name = quotedName(table.name);
    live(`Counting rows (${this.place})`);
    const [[count = 0] = []] = await connection.rows(`SELECT COUNT(*) FROM ${name}`);
    this.rowsExpected = Number(count);
    const onProgress = readProgress("Reading", Number(count), this.place, live, {
      from: this.rowsSeen,
    });
    const wanted = [...table.columns, ...(order.extraColumn ? [order.extraColumn] : [])];
    const columns = wanted.map(quotedName).join(", ");
    const where = this.condition && ` WHERE ${this.condition}`;
    await connection.stream(
      `SELECT ${columns} FROM ${name}${where} ORDER BY ${order.by}`,
      (row) => {
        const problem = this.take(row);
        order.see(row);
        this.rowsSeen++;
        if (problem !== undefined) {
          this.badRows++;
          if (this.problems.length < PROBLEMS_TOLD) {
            this.problems.push({ line: this.rowsSeen, ...problem });
          }
        }
        onProgress(this.rowsSeen);
      },
    );
    if (this.badRows === 0) return;
    throw DataFileError.ofRows(
      `${this.place}, table ${table.name}`,
      this.problems,
      this.badRows,
      `Correct the table. Rows are counted in this order: SELECT * FROM ${name} ORDER BY ${order.by}.`,
      "row",
    );
  }

  /**
   * Makes ready to go on where a connection broke.
   *
   * @returns that place in words; undefined where reading has to begin anew
   */
  goOn(): string | undefined {
    // where rows were not taken, what was the last one is not known
    const rest = this.badRows === 0 ? this.order?.goOn(this.rows) : undefined;
    this.condition = rest?.condition ?? "";
    this.rowsSeen = this.rows.length;
    return rest?.words;
  }

  toFrame(): pl.DataFrame {
    return this.rows.toFrame({ isOrderArbitrary: this.order?.isArbitraryWithinSeconds });
  }

  notes(): string[] {
    const notes = this.rows.notes(`${this.place}, table logs`);
    if (this.rows.length === this.rowsExpected) return notes;
    const why =
      this.condition === ""
        ? "its table keeps no snapshot"
        : "the connection was lost, and what was read before is of an earlier moment";
    return [
      ...notes,
      `${this.place}: the log changed while it was read (${counted(this.rowsExpected, "row")} counted, ${formatCount(this.rows.length)} read): ${why}. Read again when nobody writes.`,
    ];
  }
}
