import { createServer, type Server } from "node:net";
import { join } from "node:path";
import { inspect } from "node:util";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { acquireLogs } from "../../lib/acquire/acquire-logs";
import { queryLogs } from "../../lib/acquire/mysql";
import { readAccessText } from "../../lib/acquire/read-access-text";
import { readCohortsCsv } from "../../lib/acquire/read-cohorts-csv";
import { type MysqlSettings, SETTING_NAMES } from "../../lib/acquire/settings";
import { hasMariaDb, type MariaDb, startMariaDb } from "../support/mariadb";
import { plainRows, TINY_COHORTS, TINY_TEXT, useFolder } from "../support/tiny-logs";

const folder = useFolder();
const PASSWORD = "pass'word";

const TABLES = `
CREATE TABLE logs (date DATE, time TIME, path TEXT, user_id BIGINT, cohort_id BIGINT, ip VARCHAR(64));
CREATE TABLE cohorts (id INT, name TEXT, slack TEXT, start_date DATE, end_date DATE,
  created_at DATETIME, updated_at DATETIME, deleted_at DATETIME, program_id INT);
`;

const orNull = (text: string) => (text === "" ? "NULL" : `'${text.replaceAll("'", "''")}'`);
const inserts = (table: string, rows: string[][]) =>
  `INSERT INTO ${table} VALUES ${rows.map((row) => `(${row.map(orNull).join()})`).join()};\n`;

const LOG_ROWS = TINY_TEXT.trimEnd()
  .split("\n")
  .map((line) => line.split(" "));
const COHORT_ROWS = TINY_COHORTS.trimEnd()
  .split("\n")
  .slice(1)
  .map((line) => line.split(","));

describe.skipIf(!hasMariaDb)("queryLogs on a real server (needs mariadb-server)", () => {
  let server: MariaDb;
  let settings: MysqlSettings;

  beforeAll(async () => {
    server = await startMariaDb();
    server.sql(`
CREATE DATABASE curriculum_logs CHARACTER SET utf8mb4; CREATE DATABASE bad; CREATE DATABASE empty; CREATE DATABASE other;
CREATE USER reader@localhost IDENTIFIED BY '${PASSWORD.replace("'", "''")}';
GRANT ALL ON *.* TO reader@localhost;
USE curriculum_logs; ${TABLES}
${inserts("logs", [...LOG_ROWS].reverse())}${inserts("cohorts", [...COHORT_ROWS].reverse())}
USE bad; ${TABLES}
${inserts("logs", [...LOG_ROWS, ["2018-01-26", "09:50:00", "/", "", "8", "none"], ["2018-01-26", "29:55:03", "/", "1", "8", "198.18.0.1"], ["2018-01-26", "19:55:03", "/", "9007199254740993", "8", "198.18.0.1"]])}
USE other; CREATE TABLE logs (date DATE); CREATE TABLE cohorts (id INT);
`);
    settings = {
      socket: server.socket,
      port: 3306,
      user: "reader",
      password: PASSWORD,
      database: "curriculum_logs",
      ssl: false,
    };
  });
  afterAll(() => server?.stop());

  beforeEach(() => {
    for (const name of Object.values(SETTING_NAMES)) vi.stubEnv(name, "");
  });
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  const query = (change: Partial<MysqlSettings> = {}) =>
    queryLogs({ ...settings, ...change }, "MySQL test");

  it("gives the tables that files of the same rows give", async () => {
    const { tables } = await query();
    const files = await readAccessText(folder.put("log.txt", TINY_TEXT));
    const { cohorts } = await readCohortsCsv(folder.put("cohorts.csv", TINY_COHORTS));
    expect(plainRows(tables.logs!)).toEqual(plainRows(files.logs));
    expect(tables.cohorts?.toRecords()).toEqual(cohorts.toRecords());
    expect(tables.logs?.dtypes.map(String)).toEqual(files.logs.dtypes.map(String));
    expect(tables.cohorts?.dtypes.map(String)).toEqual(cohorts.dtypes.map(String));
  });

  it("keeps odd paths as they stand", async () => {
    const paths = ["a b", "  ", "é😀", "q\"u'o`t\\e", "a\nb", "\u001b[31m"];
    const rows = paths.map((path) => [
      "2018-01-26",
      "09:55:03",
      path.replaceAll("\\", "\\\\"),
      "1",
      "",
      "198.18.0.1",
    ]);
    server.sql(
      `SET NAMES utf8mb4; CREATE OR REPLACE DATABASE odd CHARACTER SET utf8mb4; USE odd; ${TABLES}${inserts("logs", rows)}`,
    );
    const { tables } = await query({ database: "odd" });
    expect(new Set(tables.logs?.getColumn("path").toArray())).toEqual(new Set(paths));
  });

  it("points at bad rows", async () => {
    const error = await query({ database: "bad" }).catch((thrown) => thrown);
    expect(error.message.split("\n").slice(0, 4)).toEqual([
      "MySQL test, table logs: 3 lines cannot be read.",
      "  line 1, user_id: expected an integer below 2^53; found nothing",
      '  line 4, user_id: expected an integer below 2^53; found "9007199254740993"',
      '  line 5, time: expected a clock time as 09:55:03; found "29:55:03"',
    ]);
  });

  it.each([
    [
      "a wrong password",
      { password: "wrong-secret" },
      /Access denied.*Check CURRICULUM_LOGS_USER and CURRICULUM_LOGS_PASSWORD/,
    ],
    ["a database that is not there", { database: "none" }, /Check CURRICULUM_LOGS_DATABASE/],
    ["missing tables", { database: "empty" }, /needs tables logs and cohorts/],
    ["missing columns", { database: "other" }, /need columns date, time, path/],
    ["a socket that is not there", { socket: "/nowhere/socket" }, /Check CURRICULUM_LOGS_SOCKET/],
  ])("says what to do about %s, without the password", async (_, change, expected) => {
    const error = await query(change).catch((thrown) => thrown);
    expect(error.message).toMatch(/^MySQL test cannot be read: /);
    expect(error.message).toMatch(expected);
    for (const secret of [PASSWORD, "wrong-secret"]) {
      expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(secret);
    }
  });

  it("is taken by acquireLogs as soon as it is configured, kept, and read again with refresh", async () => {
    vi.stubEnv("CURRICULUM_LOGS_SOCKET", settings.socket as string);
    vi.stubEnv("CURRICULUM_LOGS_USER", "reader");
    vi.stubEnv("CURRICULUM_LOGS_PASSWORD", PASSWORD);
    const acquire = async (refresh = false) => {
      const notices: string[] = [];
      const acquired = await acquireLogs({
        dataDir: folder.path(),
        refresh,
        notice: (line) => notices.push(line),
      });
      return { ...acquired, notices };
    };
    const first = await acquire();
    expect(first.source).toBe("mysql");
    expect(first.notices[0]).toBe(
      `Access log: 4 rows and 3 cohorts from MySQL ${settings.socket}, database curriculum_logs.`,
    );
    server.sql(
      `USE curriculum_logs; ${inserts("logs", [["2021-04-21", "16:44:39", "/", "1", "8", "198.18.0.1"]])}`,
    );
    const second = await acquire();
    expect(second.logs.height).toBe(4);
    expect(second.notices[0]).toMatch(
      / \(cached, read \d{4}-\d\d-\d\d \d\d:\d\d UTC; refresh: true reads again\)\.$/,
    );
    expect((await acquire(true)).logs.height).toBe(5);
    expect((await acquire()).logs.height).toBe(5);
  });

  it("changes nothing: a session that writes is refused", async () => {
    // the reader may write; a view that calls a function that writes would show it
    server.sql(`
CREATE OR REPLACE DATABASE trap; USE trap; ${TABLES}
CREATE TABLE written (a INT); RENAME TABLE logs TO real_logs; ${inserts("real_logs", LOG_ROWS)}
SET GLOBAL log_bin_trust_function_creators = 1;
DELIMITER $$
CREATE FUNCTION touch() RETURNS DATE BEGIN INSERT INTO written VALUES (1); RETURN '2018-01-26'; END$$
DELIMITER ;
CREATE VIEW logs AS SELECT touch() AS date, time, path, user_id, cohort_id, ip FROM real_logs;
`);
    await expect(query({ database: "trap" })).rejects.toThrow(/read.only transaction/i);
    expect(server.sql("SELECT COUNT(*) FROM trap.written")).toContain("0");
  });
});

describe("queryLogs without a server", () => {
  let silent: Server | undefined;
  afterEach(() => silent?.close());
  const settings = {
    host: "127.0.0.1",
    user: "reader",
    password: PASSWORD,
    database: "curriculum_logs",
    ssl: false,
  };

  it("says that no server answers", async () => {
    await expect(queryLogs({ ...settings, port: 1 }, "MySQL test")).rejects.toThrow(
      /^MySQL test cannot be read: .*ECONNREFUSED.*check CURRICULUM_LOGS_HOST and CURRICULUM_LOGS_PORT/,
    );
  });

  it("says that what answers breaks off", async () => {
    silent = createServer((socket) => socket.destroy()).listen(0, "127.0.0.1");
    await new Promise((done) => silent?.once("listening", done));
    const { port } = silent.address() as { port: number };
    await expect(queryLogs({ ...settings, port }, "MySQL test")).rejects.toThrow(
      /^MySQL test cannot be read: .*closed/i,
    );
  });

  it("says that the certificate's file is not there", async () => {
    const sslCa = join(folder.path(), "none.pem");
    await expect(
      queryLogs({ ...settings, port: 1, ssl: true, sslCa }, "MySQL test"),
    ).rejects.toThrow(/^CURRICULUM_LOGS_SSL_CA names a file that cannot be read: .*none\.pem/);
  });
});
