import { inspect } from "node:util";
import pl from "nodejs-polars";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { acquireLogs } from "../../../lib/acquire/acquire-logs";
import { DatabaseConnection } from "../../../lib/acquire/mysql/connection";
import { queryLogs } from "../../../lib/acquire/mysql/query-logs";
import { type MysqlSettings, SETTING_NAMES } from "../../../lib/keep/settings";
import { joinLogs } from "../../../lib/prepare/join-logs";
import { hasMariaDb, type MariaDb, startMariaDb } from "../../support/mariadb";
import { addReader, PASSWORD, readerSettings } from "../../support/reader";
import { plainRows, TINY_COHORTS, TINY_TEXT, useFolder } from "../../support/tiny-logs";
import { readAccessText, readCohortsCsv } from "../frames";

const folder = useFolder();

const LOGS =
  "CREATE TABLE logs (date DATE, time TIME, path TEXT, user_id BIGINT, cohort_id BIGINT, ip VARCHAR(64));";
const COHORTS = `CREATE TABLE cohorts (id INT, name TEXT, slack TEXT, start_date DATE, end_date DATE,
  created_at DATETIME, updated_at DATETIME, deleted_at DATETIME, program_id INT);`;
const TABLES = LOGS + COHORTS;

const orNull = (text: string) => (text === "" ? "NULL" : `'${text.replaceAll("'", "''")}'`);
const inserts = (table: string, rows: string[][]) =>
  rows.length === 0
    ? ""
    : `INSERT INTO ${table} VALUES ${rows.map((row) => `(${row.map(orNull).join()})`).join()};\n`;

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
    addReader(server);
    fill("curriculum_logs", [...LOG_ROWS].reverse(), [...COHORT_ROWS].reverse());
    settings = readerSettings(server);
  });
  afterAll(() => server?.stop());

  beforeEach(() => {
    for (const name of Object.values(SETTING_NAMES)) vi.stubEnv(name, "");
  });
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  function fill(database: string, logs: string[][], cohorts = COHORT_ROWS, tables = TABLES) {
    server.sql(
      `SET sql_mode = ''; SET NAMES utf8mb4; CREATE OR REPLACE DATABASE ${database} CHARACTER SET utf8mb4; USE ${database}; ${tables}${inserts("logs", logs)}${inserts("cohorts", cohorts)}`,
    );
  }
  const query = (change: Partial<MysqlSettings> = {}) =>
    queryLogs({ ...settings, ...change }, "MySQL test", { notice: () => {}, live: () => {} });
  const failure = async (change: Partial<MysqlSettings>): Promise<Error> => {
    const error = await query(change).then(
      () => undefined,
      (thrown) => thrown,
    );
    expect(error).toBeInstanceOf(Error);
    return error;
  };

  it("gives the tables that files of the same rows give", async () => {
    const { tables } = await query();
    const files = await readAccessText(folder.put("log.txt", TINY_TEXT));
    const { cohorts } = await readCohortsCsv(folder.put("cohorts.csv", TINY_COHORTS));
    expect(plainRows(tables.logs as pl.DataFrame)).toEqual(plainRows(files.logs));
    expect(tables.cohorts?.toRecords()).toEqual(cohorts.toRecords());
    expect(tables.logs?.dtypes.map(String)).toEqual(files.logs.dtypes.map(String));
    expect(tables.cohorts?.dtypes.map(String)).toEqual(cohorts.dtypes.map(String));
  });

  it("keeps odd paths as they stand, also those of binary columns", async () => {
    const paths = [
      "a b",
      "  ",
      "é😀",
      "q\"u'o`t\\e",
      "a\nb",
      "\u001b[31m",
      "{x}",
      "'; DROP TABLE logs; --",
    ];
    const rows = paths.map((path) => [
      ...["2018-01-26", "09:55:03", path.replaceAll("\\", "\\\\"), "1", "", "198.18.0.1"],
    ]);
    for (const type of ["TEXT", "LONGBLOB"]) {
      fill("odd", rows, COHORT_ROWS, TABLES.replace("path TEXT", `path ${type}`));
      const { tables } = await query({ database: "odd" });
      expect(new Set(tables.logs?.getColumn("path").toArray())).toEqual(new Set(paths));
    }
  });

  it("points at rows that cannot be right, by column and by their place in the order that it names", async () => {
    const row = (date: string, time: string, user: string, ip = "198.18.0.1") => [
      ...[date, time, "/", user, "8", ip],
    ];
    fill("bad", [
      row("2018-01-26", "-01:00:00", "1"),
      row("2018-01-26", "09:50:00", ""),
      row("2018-01-26", "19:55:03", "9007199254740993"),
      row("2018-01-26", "29:55:03", "1"),
      row("0000-00-00", "09:55:03", "1"),
      row("2018-01-27", "09:55:03", "1", "none"),
      row("2018-01-28", "09:55:03", "1"),
    ]);
    const { message } = await failure({ database: "bad" });
    expect(message.split("\n")).toEqual([
      "MySQL test, table logs: 6 rows cannot be read.",
      '  row 1, date: expected a calendar day as 2018-01-26; found "0000-00-00"',
      '  row 2, time: expected a clock time as 09:55:03; found "-01:00:00"',
      "  row 3, user_id: expected an integer below 2^53; found nothing",
      '  row 4, user_id: expected an integer below 2^53; found "9007199254740993"',
      '  row 5, time: expected a clock time as 09:55:03; found "29:55:03"',
      "  and 1 more",
      "Correct the table. Rows are counted in this order: SELECT * FROM `logs` ORDER BY `date`, `time`.",
    ]);
    // the order that it names finds them
    const [third] = server
      .sql("SELECT time FROM bad.logs ORDER BY date, time LIMIT 1 OFFSET 2")
      .split("\n")
      .slice(1);
    expect(third).toBe("09:50:00");
  });

  it("takes integers and times from other types, and no value that would change on the way", async () => {
    const tables = (user: string) =>
      TABLES.replace("time TIME", "time TIME(6)")
        .replace("user_id BIGINT", `user_id ${user}`)
        .replace("ip VARCHAR(64)", "ip INET6");
    const largest = "9007199254740991";
    const row = (user: string) => ["2018-01-26", "09:55:03", "/", user, "", "2001:db8::1"];
    for (const user of ["DECIMAL(20,2)", "DOUBLE", "BIGINT UNSIGNED"]) {
      fill("types", [row("7"), row(largest)], COHORT_ROWS, tables(user));
      const { tables: read } = await query({ database: "types" });
      expect(plainRows(read.logs as pl.DataFrame), user).toEqual(
        [7, Number(largest)].map((user_id) => ({
          ...{
            date: "2018-01-26",
            time: "09:55:03",
            path: "/",
            user_id,
            cohort_id: null,
          },
          ip: "2001:db8::1",
        })),
      );
    }
    fill("types", [row("7.5"), row("18446744073709551615")], COHORT_ROWS, tables("DECIMAL(22,2)"));
    const { message } = await failure({ database: "types" });
    expect(message).toMatch(/2 rows cannot.*\n.*found "7\.50"\n.*found "18446744073709551615\.00"/);
    fill(
      "types",
      [["2018-01-26", "09:55:03.25", "/", "1", "", "::1"]],
      COHORT_ROWS,
      tables("BIGINT"),
    );
    expect((await failure({ database: "types" })).message).toContain('found "09:55:03.250000"');
  });

  it("refuses bytes that are not UTF-8, by row and column", async () => {
    fill("latin", LOG_ROWS.slice(0, 1), COHORT_ROWS, TABLES.replace("path TEXT", "path BLOB"));
    server.sql(
      "INSERT INTO latin.logs VALUES ('2018-01-27', '10:00:00', X'636166E9', 1, 8, '198.18.0.1')",
    );
    expect((await failure({ database: "latin" })).message).toContain(
      'row 2, path: expected text in UTF-8; found "bytes 636166e9"',
    );
  });

  it("takes zero dates of cohorts for none, and says so", async () => {
    fill("zero", LOG_ROWS, [
      [
        "8",
        "Hampton",
        "",
        "2015-09-22",
        "0000-00-00",
        "2016-06-14 19:52:26",
        "0000-00-00 00:00:00",
        "0000-00-00 00:00:00",
        "1",
      ],
    ]);
    const { tables, notes } = await query({ database: "zero" });
    expect(tables.cohorts?.toRecords()).toMatchObject([
      { id: 8, slack: null, end_date: null, updated_at: null, deleted_at: null },
    ]);
    expect(notes).toEqual(
      ["end_date", "updated_at", "deleted_at"].map(
        (field) =>
          `MySQL test, table of cohorts: 1 zero date (0000-00-00) in ${field} taken for none.`,
      ),
    );
  });

  it("reads times as they are stored, whatever the server's time zone and modes", async () => {
    fill(
      "zones",
      LOG_ROWS,
      COHORT_ROWS,
      TABLES.replace("created_at DATETIME", "created_at TIMESTAMP NULL"),
    );
    server.sql(`SET GLOBAL time_zone = '-05:00'; SET GLOBAL sql_mode = 'ANSI_QUOTES,PAD_CHAR_TO_FULL_LENGTH,NO_BACKSLASH_ESCAPES';
SET time_zone = '+00:00'; UPDATE zones.cohorts SET created_at = '2016-06-14 19:52:26';
ALTER TABLE zones.logs MODIFY ip CHAR(64);`);
    try {
      const { tables } = await query({ database: "zones" });
      expect(tables.cohorts?.getColumn("created_at").toArray()[0]).toEqual(
        new Date("2016-06-14T19:52:26Z"),
      );
      expect(tables.logs?.getColumn("ip").toArray()[0]).toBe("97.105.19.61");
    } finally {
      server.sql("SET GLOBAL time_zone = 'SYSTEM'; SET GLOBAL sql_mode = DEFAULT;");
    }
  });

  it("gives rows of one second in the key's order or, where there is none, in one that stays", async () => {
    const rows = ["b", "a", "c"].map((path, at) => [
      ...["2018-01-26", "09:55:03", path, String(3 - at), "8", "198.18.0.1"],
    ]);
    const paths = async () =>
      (await query({ database: "ties" })).tables.logs?.getColumn("path").toArray();
    fill("ties", rows);
    expect(await paths()).toEqual(["c", "a", "b"]);
    server.sql("ALTER TABLE ties.logs ADD COLUMN n INT AUTO_INCREMENT PRIMARY KEY");
    expect(await paths()).toEqual(["b", "a", "c"]);
    server.sql("ALTER TABLE ties.logs DROP COLUMN n, ADD PRIMARY KEY (user_id, time)");
    expect(await paths()).toEqual(["c", "a", "b"]);
  });

  it("reads tables and columns under other names, whatever these are", async () => {
    const names = {
      logs: "acc`ess; DROP",
      cohorts: "Class",
      user_id: "student`",
      id: "Nr",
      path: "SELECT",
    };
    fill("named", LOG_ROWS);
    server.sql(
      "USE named; ALTER TABLE logs RENAME `acc``ess; DROP`, CHANGE user_id `student``` BIGINT, CHANGE path `SELECT` TEXT; ALTER TABLE cohorts RENAME `Class`, CHANGE id `Nr` INT;",
    );
    const named = await query({ database: "named", names });
    const plain = await query();
    expect(named.tables.logs?.toRecords()).toEqual(plain.tables.logs?.toRecords());
    expect(named.tables.cohorts?.toRecords()).toEqual(plain.tables.cohorts?.toRecords());
  });

  it("gives what the exercises' own queries give on the server", async () => {
    fill("joined", [...LOG_ROWS, ["2021-01-01", "10:00:00", "/", "2", "77", "198.18.0.1"]]);
    const { tables } = await query({ database: "joined" });
    const raw = { logs: tables.logs as pl.DataFrame, cohorts: tables.cohorts as pl.DataFrame };
    for (const how of ["left", "inner"] as const) {
      const answer = server
        .sql(
          `USE joined; SELECT * FROM logs ${how === "left" ? "LEFT JOIN" : "JOIN"} cohorts ON logs.cohort_id = cohorts.id ORDER BY date ASC, time ASC;`,
        )
        .trimEnd()
        .split("\n")
        .map((line) => line.split("\t").map((text) => (text === "NULL" ? "" : text)));
      const joined = joinLogs(raw, { how });
      const texts = joined
        .withColumns(
          ...["date", "start_date", "end_date"].map((name) => pl.col(name).cast(pl.Utf8)),
          ...["created_at", "updated_at", "deleted_at"].map((name) => pl.col(name).cast(pl.Utf8)),
        )
        .rows()
        .map((row) => row.map((value) => String(value ?? "").replace(/\.0+$/, "")));
      expect([joined.columns, ...texts], how).toEqual(answer);
      expect(joined.height).toBe(how === "left" ? 5 : 3);
    }
  });

  it.each([
    [
      "a wrong password",
      { password: "wrong-secret" },
      /Access denied.*Check CURRICULUM_LOGS_USER and CURRICULUM_LOGS_PASSWORD\./,
    ],
    [
      "a database that is not there",
      { database: "none" },
      /Unknown database.*Check CURRICULUM_LOGS_DATABASE\./,
    ],
    [
      "missing tables",
      { database: "mysql" },
      /it has no table logs that this user may read; there are .*Check CURRICULUM_LOGS_DATABASE and the user's rights \(SELECT\), or say what the table is called in CURRICULUM_LOGS_NAMES, as logs=access\.$/,
    ],
    [
      "a mapped table that is not there",
      { names: { cohorts: "class" } },
      /it has no table class that this user may read; there are cohorts, logs\..*as cohorts=access/,
    ],
    [
      "a mapped column that is not there",
      { names: { user_id: "student" } },
      /table logs has no column student that this user may read; there are date, time, path, user_id, cohort_id, ip\. Say what it is called/,
    ],
    [
      "a socket that is not there",
      { socket: "/nowhere/socket" },
      /ENOENT.*Check CURRICULUM_LOGS_SOCKET/,
    ],
  ])("says what to do about %s, without the password", async (_, change, expected) => {
    const error = await failure(change);
    expect(error.message).toMatch(/^MySQL test cannot be read: /);
    expect(error.message).toMatch(expected);
    expect(error.message).not.toContain("\n");
    for (const secret of [PASSWORD, "wrong-secret"]) {
      expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(secret);
    }
  });

  it.each([
    ["date DATE", "date VARCHAR(10)", "column date of table logs must be DATE; found VARCHAR."],
    ["time TIME", "time DATETIME", "column time of table logs must be TIME; found DATETIME."],
    [
      "user_id BIGINT",
      "user_id TEXT",
      "column user_id of table logs must be an integer (INT or BIGINT); found TEXT.",
    ],
    [
      "path TEXT",
      "path INT",
      "column path of table logs must be text (VARCHAR or TEXT); found INT.",
    ],
    [
      "deleted_at DATETIME",
      "deleted_at INT",
      "column deleted_at of table cohorts must be DATETIME or TIMESTAMP; found INT.",
    ],
  ])("refuses a column of another type: %s as %s", async (before, after, message) => {
    fill("typed", [], [], TABLES.replace(before, after));
    expect((await failure({ database: "typed" })).message).toContain(message);
  });

  it("is taken by acquireLogs as soon as it is configured, kept, and read again with refresh", async () => {
    vi.stubEnv("CURRICULUM_LOGS_SOCKET", settings.socket as string);
    vi.stubEnv("CURRICULUM_LOGS_USER", "reader");
    vi.stubEnv("CURRICULUM_LOGS_PASSWORD", PASSWORD);
    vi.stubEnv("CURRICULUM_LOGS_DATABASE", "growing");
    fill("growing", LOG_ROWS);
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
      `Access log: 4 rows and 3 cohorts from MySQL ${settings.socket}, database growing.`,
    );
    server.sql(
      `USE growing; ${inserts("logs", [["2021-04-21", "16:44:39", "/", "1", "8", "198.18.0.1"]])}`,
    );
    const second = await acquire();
    expect(second.logs.height).toBe(4);
    expect(second.notices[0]).toMatch(
      / \(cached, read \d{4}-\d\d-\d\d \d\d:\d\d UTC; refresh: true reads again\)\.$/,
    );
    expect((await acquire(true)).logs.height).toBe(5);
    expect((await acquire()).logs.height).toBe(5);
    await expect(acquireLogs({ dataDir: folder.path(), names: { log: "access" } })).rejects.toThrow(
      /^acquireLogs got names .* there is no table or column "log" to be renamed; there are logs, date,/,
    );
  });

  it("sends SELECT and SET, and nothing else", async () => {
    fill("curriculum_logs", [...LOG_ROWS].reverse(), [...COHORT_ROWS].reverse());
    server.sql("SET GLOBAL general_log = 1");
    await query();
    await query({ names: { logs: "Logs" } });
    await query({ names: { user_id: "USER_ID" } });
    server.sql("SET GLOBAL general_log = 0");
    const connections = new Set<string>();
    const statements: string[] = [];
    for (const line of server.generalLog().split("\n")) {
      const [, id = "", command = "", sql = ""] =
        /^[\d :T.]*\t\s*(\d+) (\w+)\t(.*)$/.exec(line) ?? [];
      if (command === "Connect" && sql.startsWith("reader@")) connections.add(id);
      else if (connections.has(id)) statements.push(`${command} ${sql}`);
    }
    expect(connections.size).toBe(3);
    expect(statements.length).toBeGreaterThan(20);
    const sent = new Set(statements.map((statement) => /^\w+ ?\w*/.exec(statement)?.[0].trim()));
    expect(sent).toEqual(new Set(["Query SET", "Query SELECT", "Quit"]));
  });

  it("hands on what a taker of rows throws, and does not end the process", async () => {
    const connection = await DatabaseConnection.open(settings);
    let taken = 0;
    const full = () => {
      if (++taken === 3) throw new RangeError("no more");
    };
    await expect(connection.stream("SELECT seq FROM seq_1_to_100000", full)).rejects.toThrow(
      new RangeError("no more"),
    );
    expect(taken).toBe(3);
    await connection.close();
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
    // a read-only session does not even see such a view
    await expect(query({ database: "trap" })).rejects.toThrow(/it has no table logs/);
    expect(server.sql("SELECT COUNT(*) FROM trap.written")).toContain("0");
  });
});
