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
