/**
 * How long reading the log from a database takes, beside pandas' `read_sql` (with PyMySQL, as in
 * the exercises) of the same server in the same run:
 *
 *     npm run benchmark:mysql -- [rows]
 *
 * Both read the six columns of `logs` with the same statement, and pandas also with the one of
 * the exercises, which lets the server sort. Ours also connects, reads the cohorts, checks every
 * field and orders the rows by date and time. Every run is a process of its own; starting one is
 * not timed. Needs mariadb-server, python3-pandas, python3-sqlalchemy and python3-pymysql.
 */
import { join } from "node:path";
import { loadTables } from "../../lib/acquire/mysql/load-tables";
import { queryLogs } from "../../lib/acquire/mysql/query-logs";
import type { MysqlSettings } from "../../lib/keep/settings";
import { sampleLogs } from "../../lib/twin/sample-logs";
import { hasMariaDb, startMariaDb } from "../support/mariadb";
import { pythonWith } from "../support/python";
import { median, peakMegabytes, runJson, runScript } from "./measure";

const RUNS = 5;
const COLUMNS = "`date`, `time`, `path`, `user_id`, `cohort_id`, `ip`";
const SAME = `SELECT ${COLUMNS}, \`my_row_id\` FROM \`logs\` ORDER BY \`my_row_id\``;
const SORTED = `SELECT ${COLUMNS} FROM \`logs\` ORDER BY date ASC, time ASC`;

/** Peak memory in megabytes. */
type Run = { seconds: number; peak: number; rows: number };

if (process.argv[2] === "--read") void read(JSON.parse(process.argv[3] as string));
else void compare(Number(process.argv[2] ?? 900_223));

async function compare(rows: number): Promise<void> {
  const python = pythonWith("pandas, sqlalchemy, pymysql");
  if (!hasMariaDb || !python) {
    console.log("skipped: needs mariadb-server, and Python with pandas, sqlalchemy and pymysql");
    return;
  }
  const server = await startMariaDb();
  try {
    const settings: MysqlSettings = {
      ...{ socket: server.socket, port: 3306, user: "root", database: "curriculum_logs" },
      ...{ ssl: false, connectTimeout: 10, readTimeout: 60, names: {} },
    };
    const loading = performance.now();
    await loadTables(settings, sampleLogs({ rows }), "MySQL");
    console.log(`loaded ${rows} rows in ${((performance.now() - loading) / 1000).toFixed(1)} s`);
    const pandas = (query: string) => () =>
      runJson<Run>(python, [join(__dirname, "mysql.py")], JSON.stringify({ ...settings, query }));
    const contestants = {
      "curriculum-logs": () => runScript<Run>(__filename, "--read", JSON.stringify(settings)),
      "pandas, same statement": pandas(SAME),
      "pandas, sorted by the server": pandas(SORTED),
    };
    const all: (Run & { name: string })[] = [];
    // in turns, so that a noisy minute is everybody's
    for (let round = 0; round < RUNS; round++) {
      for (const [name, read] of Object.entries(contestants)) all.push({ name, ...read() });
    }
    const of = (name: string, what: "seconds" | "peak" | "rows") =>
      median(all.filter((run) => run.name === name).map((run) => run[what]));
    for (const name of Object.keys(contestants)) {
      if (of(name, "rows") !== rows) throw new Error(`${name} read ${of(name, "rows")} rows`);
      const seconds = of(name, "seconds");
      const times = (seconds / of("curriculum-logs", "seconds")).toFixed(1);
      const peak = of(name, "peak").toFixed(0);
      console.log(`${name.padEnd(30)} ${seconds.toFixed(2)} s, ${peak} MB, ${times} times ours`);
    }
  } finally {
    await server.stop();
  }
}

async function read(settings: MysqlSettings): Promise<void> {
  const start = performance.now();
  const { tables } = await queryLogs(settings, "MySQL", { notice: console.error });
  const seconds = (performance.now() - start) / 1000;
  console.log(JSON.stringify({ seconds, peak: peakMegabytes(), rows: tables.logs?.height }));
}
