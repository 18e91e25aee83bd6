import { readFileSync } from "node:fs";
import { type Connection, type ConnectionOptions, createConnection } from "mysql2";
import { AccessRows } from "./access-rows";
import type { Cacheable } from "./cache";
import { COHORT_FIELDS, type CohortRow, cohortsFrame, parseCohort } from "./cohort-rows";
import { DataFileError, PROBLEMS_TOLD, type RowProblem } from "./data-file-error";
import { ACCESS_FIELDS, accessFieldReader } from "./read-access-fields";
import type { DataRecord } from "./scan-records";
import { type MysqlSettings, SETTING_NAMES, SettingsError, WHERE_TO_SET } from "./settings";

const CONNECT_TIMEOUT = 10_000;

/** The database cannot be reached or does not have the tables; the message says what to do and never has the password. */
export class DatabaseError extends Error {
  override name = "DatabaseError";
}

/** Takes a row of a query's result, or says what is wrong with it. */
type TakeRow = (texts: string[]) => Omit<RowProblem, "line"> | undefined;

/**
 * Reads tables `logs` and `cohorts` from a database, row by row and without changing
 * anything: the session is read-only, and both tables are seen at the same moment. Rows
 * of `logs` in the same second come in whatever order the server gives them.
 *
 * @param place what to call the database in messages
 * @throws {DatabaseError} where it cannot be reached, or refuses
 * @throws {DataFileError} where a row is not as it should be
 */
export async function queryLogs(settings: MysqlSettings, place: string): Promise<Cacheable> {
  const rows = new AccessRows();
  const cohorts: CohortRow[] = [];
  const readAccess = accessFieldReader(rows);
  const connection = createConnection(connectionOptions(settings));
  // without a listener of its own an error between queries would end the process
  connection.on("error", () => {});
  try {
    await run(connection, "SET SESSION TRANSACTION READ ONLY");
    await run(connection, "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ");
    await run(connection, "START TRANSACTION WITH CONSISTENT SNAPSHOT");
    await queryTable(connection, place, "logs", ACCESS_FIELDS, "date, time", (texts) =>
      readAccess(recordOf(texts), 0),
    );
    await queryTable(connection, place, "cohorts", COHORT_FIELDS, "id", (texts) => {
      const cohort = parseCohort(texts);
      if (!Array.isArray(cohort)) return cohort;
      cohorts.push(cohort);
      return undefined;
    });
    return { tables: { logs: rows.toFrame(), cohorts: cohortsFrame(cohorts) }, notes: [] };
  } catch (error) {
    throw error instanceof DataFileError ? error : databaseError(error, settings, place);
  } finally {
    connection.destroy();
  }
}

function connectionOptions(settings: MysqlSettings): ConnectionOptions {
  const { host, port, socket, user, password, database, ssl, sslCa } = settings;
  return {
    ...(socket === undefined ? { host, port } : { socketPath: socket }),
    user,
    password,
    database,
    ...(ssl ? { ssl: sslCa === undefined ? {} : { ca: readCertificate(sslCa) } } : {}),
    connectTimeout: CONNECT_TIMEOUT,
    // dates and times as the database writes them, and big numbers to the last digit
    dateStrings: true,
    supportBigNumbers: true,
    rowsAsArray: true,
  };
}

function readCertificate(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new SettingsError(
      `${SETTING_NAMES.sslCa} names a file that cannot be read: ${(error as Error).message}. ${WHERE_TO_SET}.`,
    );
  }
}

function run(connection: Connection, sql: string): Promise<void> {
  return new Promise((done, fail) => {
    connection.query(sql, (error) => (error ? fail(error) : done()));
  });
}

/** Reads a table as it arrives; only its first bad rows are kept to be told. */
async function queryTable(
  connection: Connection,
  place: string,
  table: string,
  fields: readonly string[],
  order: string,
  takeRow: TakeRow,
): Promise<void> {
  const problems: RowProblem[] = [];
  let rows = 0;
  let badRows = 0;
  await new Promise<void>((done, fail) => {
    const columns = fields.map((field) => `\`${field}\``).join(", ");
    connection
      .query(`SELECT ${columns} FROM \`${table}\` ORDER BY ${order}`)
      .on("error", fail)
      .on("result", (row: unknown) => {
        rows++;
        const problem = takeRow((row as unknown[]).map((value) => String(value ?? "")));
        if (problem === undefined) return;
        badRows++;
        if (problems.length < PROBLEMS_TOLD) problems.push({ line: rows, ...problem });
      })
      .on("end", () => done());
  });
  if (badRows > 0) {
    throw DataFileError.ofRows(
      `${place}, table ${table}`,
      problems,
      badRows,
      "Lines are rows in the order of the query. Correct the table.",
    );
  }
}

/** A row's texts as a record, so that the same rules hold as for files. */
function recordOf(texts: readonly string[]): DataRecord {
  const bytes = Buffer.from(texts.join(" "));
  const starts = new Int32Array(texts.length);
  const ends = new Int32Array(texts.length);
  let at = 0;
  for (const [field, text] of texts.entries()) {
    starts[field] = at;
    at += Buffer.byteLength(text);
    ends[field] = at++;
  }
  return {
    bytes,
    start: 0,
    end: bytes.length,
    line: 1,
    fields: texts.length,
    starts,
    ends,
    quoting: new Uint8Array(texts.length),
    isWellFormed: true,
  };
}

const ADVICE: Record<string, string> = {
  ECONNREFUSED: `No server answers there: check ${SETTING_NAMES.host} and ${SETTING_NAMES.port}, and whether it runs.`,
  ENOENT: `Check ${SETTING_NAMES.socket}: there is no such file.`,
  ENOTFOUND: `Check ${SETTING_NAMES.host}: there is no such name.`,
  ETIMEDOUT: `The server does not answer: check ${SETTING_NAMES.host}, the network, and any firewall.`,
  ER_ACCESS_DENIED_ERROR: `Check ${SETTING_NAMES.user} and ${SETTING_NAMES.password}.`,
  ER_DBACCESS_DENIED_ERROR: `The user may not read it: check ${SETTING_NAMES.database} and the user's rights.`,
  ER_BAD_DB_ERROR: `Check ${SETTING_NAMES.database}.`,
  ER_NO_SUCH_TABLE: `Check ${SETTING_NAMES.database}: it needs tables logs and cohorts.`,
  ER_BAD_FIELD_ERROR: `Tables logs and cohorts need columns ${ACCESS_FIELDS.join(", ")} and ${COHORT_FIELDS.join(", ")}.`,
};

function databaseError(error: unknown, { password }: MysqlSettings, place: string): DatabaseError {
  const { code = "", message } = error as { code?: string; message: string };
  const told = password ? message.replaceAll(password, "***") : message;
  const advice = ADVICE[code] ?? "";
  return new DatabaseError(
    `${place} cannot be read: ${told || code}. ${advice}${advice && " "}Or read something else: acquireLogs({ source: "sample" }).`,
  );
}
