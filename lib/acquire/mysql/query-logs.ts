import { setTimeout as pause } from "node:timers/promises";
import type { Cacheable } from "../../keep/cache";
import { type MysqlSettings, SETTING_NAMES, SettingsError } from "../../keep/settings";
import type { Notice } from "../../tell/notice";
import { type LiveLine, showLive } from "../../tell/show-live";
import { counted } from "../../words/format-words";
import { visibleText } from "../../words/visible-text";
import { DataFileError } from "../data-file-error";
import { DatabaseConnection } from "./connection";
import { DatabaseError, databaseError, errorCode, reasonOf } from "./database-error";
import { findTables } from "./find-tables";
import { LogsReading } from "./logs-reading";
import { readCohorts } from "./read-cohorts";

export interface QueryLogsOptions {
  /** Takes a line when a lost connection is made again. */
  notice: Notice;
  /** Takes the line that says how far reading is. */
  live?: LiveLine;
  /** Milliseconds before each new try after a connection was lost. */
  waits?: readonly number[];
}

const WAITS = [1000, 2000, 4000, 8000];

/** What a server in trouble, or none at all, answers; what else goes wrong is not mended by trying again. */
const LOST = new Set([
  ...["PROTOCOL_CONNECTION_LOST", "ECONNRESET", "EPIPE", "ECONNREFUSED", "ENOENT", "ETIMEDOUT"],
  ...["SILENT", "NO_GREETING", "DISORDER", "TLS_BROKEN", "ER_MALFORMED_PACKET"],
  ...["ER_SERVER_SHUTDOWN", "ER_CONNECTION_KILLED", "ER_NEW_ABORTING_CONNECTION"],
  // limits of the server: each page is a new statement
  ...["ER_STATEMENT_TIMEOUT", "ER_QUERY_TIMEOUT", "ER_QUERY_INTERRUPTED"],
  ...["ER_CON_COUNT_ERROR", "ER_TOO_MANY_USER_CONNECTIONS", "ER_USER_LIMIT_REACHED"],
]);

/** A session that can only read, in which each statement is a transaction. Times arrive as they are stored. */
const READ_ONLY = [
  "SET SESSION TRANSACTION READ ONLY",
  "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ",
  "SET time_zone = '+00:00', sql_mode = '', autocommit = 1",
];

const OTHERWISE = 'Or read something else: acquireLogs({ source: "sample" }).';

/**
 * Reads tables `logs` and `cohorts` in pages, with nothing but SELECT and SET. Rows are counted before and
 * after: fewer than both is an error, another number a note. A connection that was lost once it had
 * worked is made again, up to four times in a row, and reading goes on where it was.
 *
 * @throws {DatabaseError} where it cannot be reached, refuses, or lacks a table or column
 * @throws {DataFileError} where a row is not as it should be
 */
export async function queryLogs(
  settings: MysqlSettings,
  place: string,
  { notice, live = showLive, waits = WAITS }: QueryLogsOptions,
): Promise<Cacheable> {
  let reading = new LogsReading(place);
  let hasWorked = false;
  let tries = 0;
  let rowsAtLastTry = 0;
  for (;;) {
    let connection: DatabaseConnection | undefined;
    try {
      connection = await DatabaseConnection.open(settings);
      for (const statement of READ_ONLY) await connection.run(statement);
      await checkDatabase(connection, settings.database, place);
      hasWorked = true;
      const tables = await findTables(connection, settings.names, place);
      await reading.read(connection, tables.logs, live);
      const { cohorts, notes } = await readCohorts(connection, tables.cohorts, place);
      await connection.close();
      return {
        tables: { logs: reading.toFrame(), cohorts },
        notes: [...reading.notes(), ...notes],
      };
    } catch (error) {
      await connection?.destroy();
      // what is said next begins a line of its own
      live("");
      if (isOurs(error)) throw error;
      if (reading.length > rowsAtLastTry) tries = 0;
      const wait = isWorthAnotherTry(error, reading) ? waits[tries] : undefined;
      const soFar = counted(reading.length, "row");
      if (!hasWorked || wait === undefined) {
        const after = tries > 0 ? ` again (after ${soFar})` : "";
        throw databaseError(error, `${place} cannot be read${after}`, settings.password, OTHERWISE);
      }
      tries++;
      const reason = reasonOf(error, settings.password);
      const from = reading.goOn();
      if (from === undefined) reading = new LogsReading(place);
      rowsAtLastTry = reading.length;
      notice(
        `${place}: the connection was lost after ${soFar} (${reason}). Trying again in ${wait / 1000} s, ${from === undefined ? "from the start" : `from ${from} on`}.`,
      );
      await pause(wait);
    } finally {
      live("");
    }
  }
}

/** An administrator's `init_connect` may have chosen another database. */
async function checkDatabase(
  connection: DatabaseConnection,
  wanted: string,
  place: string,
): Promise<void> {
  const [[chosen = null] = []] = await connection.rows("SELECT DATABASE()");
  if (String(chosen).toLowerCase() === wanted.toLowerCase()) return;
  throw new DatabaseError(
    `${place} cannot be read: the server chose database ${visibleText(String(chosen))} by itself. Ask its administrator (init_connect), or set ${SETTING_NAMES.database} to that.`,
    "OTHER_DATABASE",
  );
}

function isOurs(error: unknown): boolean {
  return [DataFileError, DatabaseError, SettingsError].some((kind) => error instanceof kind);
}

function isWorthAnotherTry(error: unknown, reading: LogsReading): boolean {
  const code = errorCode(error);
  // a server that is busy with the query would only be asked for the same once more
  return LOST.has(code) && !(code === "SILENT" && reading.length === 0);
}
