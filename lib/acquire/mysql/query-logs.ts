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
  notice: Notice;
  /** Gets the progress. */
  live?: LiveLine;
  /** Milliseconds before each new try after a lost connection. */
  waits?: readonly number[];
}

const WAITS = [1000, 2000, 4000, 8000];

/** Errors after which another try may help. */
const LOST = new Set([
  ...["PROTOCOL_CONNECTION_LOST", "ECONNRESET", "EPIPE", "ECONNREFUSED", "ENOENT", "ETIMEDOUT"],
  ...["SILENT", "NO_GREETING", "DISORDER", "TLS_BROKEN", "ER_MALFORMED_PACKET"],
  ...["ER_SERVER_SHUTDOWN", "ER_CONNECTION_KILLED", "ER_NEW_ABORTING_CONNECTION"],
  // limits of the server: each page is a new statement
  ...["ER_STATEMENT_TIMEOUT", "ER_QUERY_TIMEOUT", "ER_QUERY_INTERRUPTED"],
  ...["ER_CON_COUNT_ERROR", "ER_TOO_MANY_USER_CONNECTIONS", "ER_USER_LIMIT_REACHED"],
]);

/** A read-only session; times arrive as stored. */
const READ_ONLY = [
  "SET SESSION TRANSACTION READ ONLY",
  "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ",
  "SET time_zone = '+00:00', sql_mode = '', autocommit = 1",
];

const OTHERWISE = 'Or read something else: acquireLogs({ source: "sample" }).';

/**
 * Reads tables `logs` and `cohorts` in pages, with SELECT and SET only. Too few rows are an error.
 * A lost connection is made again up to four times in a row.
 *
 * @throws {DatabaseError} if it cannot be reached, refuses, or lacks a table or column
 * @throws {DataFileError} for a bad row
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

/** `init_connect` may have chosen another database. */
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
  // another try would only ask a busy server for the same again
  return LOST.has(code) && !(code === "SILENT" && reading.length === 0);
}
