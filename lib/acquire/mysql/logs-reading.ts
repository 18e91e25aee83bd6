import type pl from "nodejs-polars";
import { quotedName } from "../../keep/database-names";
import type { LiveLine } from "../../tell/show-live";
import { counted, formatCount } from "../../words/format-words";
import { AccessRows } from "../access-rows";
import { BadRows, DataFileError } from "../data-file-error";
import type { DatabaseConnection, DatabaseRow } from "./connection";
import { tooFewRows } from "./database-error";
import { dayPages } from "./day-pages";
import type { FoundTable } from "./find-tables";
import { keyPages } from "./key-pages";
import { logRowReader } from "./log-row-reader";
import type { Pages } from "./pages";
import { readProgress } from "./read-progress";

/** Table `logs` as far as it has been read, over one or more connections. */
export class LogsReading {
  private readonly rows = new AccessRows();
  private readonly take = logRowReader(this.rows);
  private readonly bad = new BadRows();
  private rowsSeen = 0;
  private rowsBefore: number | undefined;
  private rowsAfter = 0;
  private pages: Pages | undefined;

  constructor(private readonly place: string) {}

  get length(): number {
    return this.rows.length;
  }

  async read(connection: DatabaseConnection, table: FoundTable, live: LiveLine): Promise<void> {
    this.pages ??= pagesOf(table);
    const { pages, place } = this;
    const name = quotedName(table.name);
    live(`Counting rows (${place})`);
    this.rowsBefore ??= await pages.count(connection);
    const from = this.rowsSeen;
    const onProgress = readProgress("Reading", this.rowsBefore, place, live, { from });
    const wanted = [...table.columns, ...(pages.extraColumn ? [pages.extraColumn] : [])];
    const select = `SELECT ${wanted.map(quotedName).join(", ")} FROM ${name}`;
    const take = (row: DatabaseRow) => {
      const problem = this.take(row);
      pages.see?.(row);
      this.rowsSeen++;
      if (problem !== undefined) this.bad.add(this.rowsSeen, problem);
      onProgress(this.rowsSeen);
    };
    for (let page = pages.next(); page !== undefined; page = pages.next()) {
      const limit = page.limit === undefined ? "" : ` LIMIT ${page.limit}`;
      const sql = `${select} WHERE ${page.where} ORDER BY ${pages.by}${limit}`;
      await connection.stream(sql, take, page.most);
    }
    const countAfter = `SELECT COUNT(*) FROM ${name} WHERE ${pages.range()}`;
    this.rowsAfter = await connection.count(countAfter);
    const least = Math.min(this.rowsBefore, this.rowsAfter);
    if (this.rowsSeen < least) throw tooFewRows(place, table.name, this.rowsSeen, least);
    if (this.bad.count === 0) return;
    const advice = `Correct the table. Rows are counted in this order: SELECT * FROM ${name} ORDER BY ${pages.by}.`;
    throw DataFileError.ofRows(`${place}, table ${table.name}`, this.bad, advice, "row");
  }

  /** Prepares to go on after a break: the place in words, undefined where reading begins anew. */
  goOn(): string | undefined {
    // with bad rows, the last one is not known
    const place = this.bad.count === 0 ? this.pages?.goOn(this.rows) : undefined;
    this.rowsSeen = this.rows.length;
    return place;
  }

  toFrame(): pl.DataFrame {
    return this.rows.toFrame({ isOrderArbitrary: this.pages?.isArbitraryWithinSeconds });
  }

  notes(): string[] {
    const notes = this.rows.notes(`${this.place}, table logs`);
    const [before = 0, after, read] = [this.rowsBefore, this.rowsAfter, this.rows.length];
    if (before === after && before === read) return notes;
    return [
      ...notes,
      `${this.place}: the log changed while it was read (${counted(before, "row")} counted before, ${formatCount(after)} after, ${formatCount(read)} read). Read again when nobody writes.`,
    ];
  }
}

/** By an integer primary key, which costs the server least, else by days. */
function pagesOf(table: FoundTable): Pages {
  return table.integerKey === undefined ? dayPages(table) : keyPages(table, table.integerKey);
}
