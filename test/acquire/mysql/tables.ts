import { TINY_COHORTS, TINY_TEXT } from "../../support/tiny-logs";

/** The statement that makes table `cohorts` as a school has it. */
export const COHORTS_TABLE = `CREATE TABLE cohorts (id INT PRIMARY KEY, name TEXT, slack TEXT,
  start_date DATE, end_date DATE, created_at DATETIME, updated_at DATETIME, deleted_at DATETIME, program_id INT);`;

/** What makes table `logs` of so many rows, in the same order by date and time as by number, with columns behind its own. */
export function logsTable(rows: number, { path = "lesson/", more = "" } = {}): string {
  return `CREATE TABLE logs ENGINE=InnoDB AS SELECT
  DATE('2018-01-26') + INTERVAL seq DIV 300 DAY AS date, SEC_TO_TIME(seq DIV 3 MOD 86400) AS time,
  CAST(CONCAT('${path}', seq) AS CHAR(64)) AS path, seq MOD 500 AS user_id, 8 AS cohort_id, '198.18.0.1' AS ip${more}
  FROM seq_1_to_${rows};`;
}

/** Both tables without keys in `logs`. */
export const TABLES = `CREATE TABLE logs (date DATE, time TIME, path TEXT, user_id BIGINT, cohort_id BIGINT, ip VARCHAR(64));
${COHORTS_TABLE}`;

export const splitLines = (text: string, by: string) =>
  text
    .replace(/\n$/, "")
    .split("\n")
    .map((line) => line.split(by));
export const LOG_ROWS = splitLines(TINY_TEXT, " ");
export const COHORT_ROWS = splitLines(TINY_COHORTS, ",").slice(1);

/** A row of `logs`, of which some fields are given. */
export function row(change: Partial<Record<"date" | "time" | "path" | "user" | "ip", string>>) {
  const { date = "2018-01-26", time = "09:55:03", path = "/", user = "1", ip = "::1" } = change;
  return [date, time, path, user, "8", ip];
}

/** The statement that adds rows; an empty field is NULL. */
export function inserts(table: string, rows: string[][]): string {
  if (rows.length === 0) return "";
  const value = (text: string) => (text === "" ? "NULL" : `'${text.replaceAll("'", "''")}'`);
  return `INSERT INTO ${table} VALUES ${rows.map((fields) => `(${fields.map(value).join()})`).join()};\n`;
}

/** The statements that make a database of these rows. */
export function filled(
  database: string,
  logs: string[][],
  cohorts = COHORT_ROWS,
  tables = TABLES,
): string {
  return `SET sql_mode = ''; SET NAMES utf8mb4; CREATE OR REPLACE DATABASE ${database} CHARACTER SET utf8mb4; USE ${database}; ${tables}${inserts("logs", logs)}${inserts("cohorts", cohorts)}`;
}
