import type pl from "nodejs-polars";
import { COHORTS, LOGS, ownName, quotedName } from "../../keep/database-names";
import { type MysqlSettings, SETTING_NAMES } from "../../keep/settings";
import { visibleText } from "../../words/visible-text";
import { COHORT_FIELDS } from "../cohort-rows";
import { ACCESS_FIELDS } from "../read-access-fields";
import { DatabaseConnection } from "./connection";
import { DatabaseError, databaseError } from "./database-error";
import { inserts } from "./insert-rows";
import { addIndexes, createTable, MADE_HERE } from "./table-definitions";

export interface LoadTablesOptions {
  /** Gets the number of rows so far. */
  onProgress?: (rows: number) => void;
  /** Ends the work; nothing is left. */
  signal?: AbortSignal;
}

const LOADING = "_loading";

/**
 * Makes and fills tables `logs` and `cohorts`. They appear when both are whole, or not at all.
 *
 * @throws {DatabaseError} if such tables exist, another load is at work, or the server refuses
 */
export async function loadTables(
  settings: MysqlSettings,
  tables: { logs: pl.DataFrame; cohorts: pl.DataFrame },
  place: string,
  { onProgress = () => {}, signal }: LoadTablesOptions = {},
): Promise<void> {
  const { names } = settings;
  const database = quotedName(settings.database);
  const logs = ownName(names, LOGS);
  const cohorts = ownName(names, COHORTS);
  const refusal = `${place} cannot be filled`;
  await withDatabase(settings, refusal, async (connection) => {
    await connection.run(`CREATE DATABASE IF NOT EXISTS ${database} CHARACTER SET utf8mb4`);
    await connection.run(`USE ${database}`);
    // values are stored as written: no adjustment, no time zone
    await connection.run("SET sql_mode = 'STRICT_ALL_TABLES', time_zone = '+00:00'");
    await takeLock(connection, refusal);
    await refuseExisting(connection, [logs, cohorts], refusal);
    const removeUnfinished = async () => {
      const there = await tablesThere(connection);
      for (const name of [logs + LOADING, cohorts + LOADING]) {
        if (there.get(name) === MADE_HERE) await connection.run(`DROP TABLE ${quotedName(name)}`);
      }
    };
    const fill = async (
      name: string,
      table: pl.DataFrame,
      fields: readonly string[],
      progress?: (rows: number) => void,
    ) => {
      const columns = fields.map((field) => quotedName(ownName(names, field))).join();
      let rows = 0;
      for (const [sql, more] of inserts(`${quotedName(name)} (${columns})`, table, fields)) {
        signal?.throwIfAborted();
        await connection.run(sql);
        rows += more;
        progress?.(rows);
      }
    };
    // of a load that was killed
    await removeUnfinished();
    try {
      await connection.run(createTable(COHORTS, cohorts + LOADING, names));
      await connection.run(createTable(LOGS, logs + LOADING, names));
      await fill(cohorts + LOADING, tables.cohorts, COHORT_FIELDS);
      await fill(logs + LOADING, tables.logs, ACCESS_FIELDS, onProgress);
      await connection.run(addIndexes(logs + LOADING, names));
      const renames = [logs, cohorts].map(
        (name) => `${quotedName(name + LOADING)} TO ${quotedName(name)}`,
      );
      await connection.run(`RENAME TABLE ${renames.join(", ")}`);
    } catch (error) {
      await removeUnfinished().catch(() => {});
      throw error;
    }
  });
}

async function refuseExisting(
  connection: DatabaseConnection,
  names: readonly string[],
  refusal: string,
): Promise<void> {
  const there = await tablesThere(connection);
  const name = names.find((each) => there.has(each));
  if (name === undefined) return;
  const advice =
    there.get(name) === MADE_HERE
      ? "npm run db -- drop removes what was loaded before; or name"
      : "It was not made here, so it stays; name";
  throw new DatabaseError(
    `${refusal}: it already has table ${visibleText(name)}. ${advice} another database in ${SETTING_NAMES.database}.`,
  );
}

/** Removes tables loaded from here and remains of broken loads; gives their names. */
export async function dropTables(settings: MysqlSettings, place: string): Promise<string[]> {
  const names = [LOGS, COHORTS].map((name) => ownName(settings.names, name));
  const refusal = `${place} cannot be emptied`;
  return withDatabase(settings, refusal, async (connection) => {
    await connection.run(`USE ${quotedName(settings.database)}`);
    await takeLock(connection, refusal);
    const there = await tablesThere(connection);
    const foreign = names.find((name) => there.has(name) && there.get(name) !== MADE_HERE);
    if (foreign !== undefined) {
      throw new DatabaseError(
        `${place} is left as it is: table ${visibleText(foreign)} was not loaded from here. Remove it with the server's own tools if that is what you want.`,
      );
    }
    const unfinished = names.map((name) => name + LOADING);
    const own = [...names, ...unfinished].filter((name) => there.get(name) === MADE_HERE);
    if (own.length > 0) await connection.run(`DROP TABLE ${own.map(quotedName).join(", ")}`);
    return own;
  });
}

async function withDatabase<T>(
  settings: MysqlSettings,
  what: string,
  work: (connection: DatabaseConnection) => Promise<T>,
): Promise<T> {
  let connection: DatabaseConnection | undefined;
  try {
    // the database itself may not be there yet
    connection = await DatabaseConnection.open({ ...settings, database: undefined });
    const result = await work(connection);
    await connection.close();
    return result;
  } catch (error) {
    const isExplained = error instanceof DatabaseError || (error as Error).name === "AbortError";
    if (isExplained || !(error as { code?: string }).code) throw error;
    throw databaseError(error, what, settings.password);
  } finally {
    await connection?.destroy();
  }
}

/** The server gives up the lock with the connection. */
async function takeLock(connection: DatabaseConnection, what: string): Promise<void> {
  if ((await connection.count("SELECT GET_LOCK('curriculum-logs', 0)")) === 1) return;
  throw new DatabaseError(`${what}: somebody else is filling it. Wait until that is done.`);
}

async function tablesThere(connection: DatabaseConnection): Promise<Map<string, string>> {
  const rows = await connection.rows(
    "SELECT table_name, table_comment FROM information_schema.tables WHERE table_schema = DATABASE()",
  );
  return new Map(rows.map(([name, comment]) => [String(name), String(comment)]));
}
