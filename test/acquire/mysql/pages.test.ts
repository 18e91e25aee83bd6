import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pl from "nodejs-polars";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { queryLogs } from "../../../lib/acquire/mysql/query-logs";
import type { Cacheable } from "../../../lib/keep/cache";
import type { MysqlSettings } from "../../../lib/keep/settings";
import { environmentOf, startCommand } from "../../support/db-command";
import { hasMariaDb, type MariaDb, startMariaDb } from "../../support/mariadb";
import { PASSWORD, readerSettings } from "../../support/reader";
import { startTcpProxy, type TcpProxy } from "../../support/tcp-proxy";

// A table is read in pages. None of its rows may be lost on the way, whatever the server's
// defaults are, and nobody may have to wait for a reader that stopped.

const ROWS = 60_000;
const KINDS = ["keyed", "big_keys", "text_key", "no_key", "view"] as const;

describe.skipIf(!hasMariaDb)("reading in pages (needs mariadb-server)", () => {
  const folder = mkdtempSync(join(tmpdir(), "pages-"));
  let server: MariaDb;
  let proxy: TcpProxy;
  let settings: MysqlSettings;

  beforeAll(async () => {
    server = await startMariaDb({ network: true });
    proxy = await startTcpProxy(server.port as number);
    const { socket: _, ...rest } = readerSettings(server);
    settings = { ...rest, host: "127.0.0.1", port: proxy.port };
    // init_connect is not run for who may do everything
    server.sql(`CREATE USER reader@'127.0.0.1' IDENTIFIED BY '${PASSWORD.replace("'", "''")}';
GRANT SELECT, EXECUTE, PROCESS ON *.* TO reader@'127.0.0.1'; CREATE DATABASE other;`);
    for (const kind of KINDS) make(kind);
  });
  afterEach(() => {
    server.sql(
      "SET GLOBAL sql_select_limit = DEFAULT, GLOBAL init_connect = '', GLOBAL max_statement_time = 0, GLOBAL net_write_timeout = 60",
    );
  });
  afterAll(async () => {
    proxy?.stop();
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** The same rows, with letters beyond ASCII and a day of its own every 20,000, under keys of each kind. */
  function make(kind: (typeof KINDS)[number], name: string = kind): void {
    const key = {
      keyed: "CAST(seq AS SIGNED) * 7 - 1000 AS n",
      big_keys: "18446744073709551615 - 60001 + seq AS n",
      text_key: "CAST(CONCAT('k', seq) AS CHAR(20)) AS n",
      no_key: "0 AS n",
      view: "0 AS n",
    }[kind];
    const type = kind === "text_key" ? "VARCHAR(20)" : "BIGINT";
    const primary = ["no_key", "view"].includes(kind)
      ? "DROP COLUMN n"
      : `MODIFY n ${type} ${kind === "big_keys" ? "UNSIGNED" : ""} NOT NULL PRIMARY KEY`;
    server.sql(`CREATE DATABASE ${name} CHARACTER SET utf8mb4; USE ${name};
CREATE TABLE cohorts (id INT PRIMARY KEY, name TEXT, slack TEXT, start_date DATE, end_date DATE,
  created_at DATETIME, updated_at DATETIME, deleted_at DATETIME, program_id INT);
INSERT INTO cohorts (id, name) SELECT seq, 'class' FROM seq_1_to_30;
CREATE TABLE logs ENGINE=InnoDB AS SELECT
  DATE('2018-01-26') + INTERVAL IF(seq MOD 3 = 0, 0, seq DIV 300) DAY AS date, SEC_TO_TIME(seq DIV 3 MOD 86400) AS time,
  CAST(CONCAT('lección/', seq) AS CHAR(64)) AS path, seq MOD 500 AS user_id, 8 AS cohort_id, '198.18.0.1' AS ip, ${key}
  FROM seq_1_to_${ROWS};
ALTER TABLE logs ${primary};
${kind === "view" ? "RENAME TABLE logs TO base; CREATE VIEW logs AS SELECT * FROM base;" : ""}`);
  }

  const query = (database: string, change: Partial<MysqlSettings> = {}, notices: string[] = []) =>
    queryLogs({ ...settings, database, ...change }, "MySQL test", {
      notice: (line) => notices.push(line),
      live: () => {},
      waits: [50, 100, 200],
    });
  const sorted = ({ tables }: Cacheable) =>
    (tables.logs as pl.DataFrame).sort(["date", "time", "path"]);

  it.each(KINDS)("gives each row once (%s)", async (kind) => {
    const read = await query(kind);
    expect(read.notes).toEqual([]);
    const logs = read.tables.logs as pl.DataFrame;
    expect(logs.height).toBe(ROWS);
    expect(logs.getColumn("path").nUnique()).toBe(ROWS);
    expect(sorted(read).frameEqual(sorted(await query("keyed")))).toBe(true);
    const [[sum = 0] = []] = logs.select(pl.col("user_id").sum()).rows();
    expect(String(Number(sum))).toBe(
      server.sql(`SELECT SUM(user_id) FROM ${kind}.logs`).split("\n")[1],
    );
  });

  it.each([
    "SET GLOBAL sql_select_limit = 10",
    "SET GLOBAL init_connect = 'SET sql_select_limit = 10, max_join_size = 100'",
    "SET GLOBAL init_connect = 'SET NAMES latin1'",
    "SET GLOBAL init_connect = 'SET autocommit = 0'",
  ])("reads the whole table whatever the server's defaults: %s", async (statement) => {
    const whole = sorted(await query("keyed"));
    server.sql(statement);
    for (const kind of KINDS) {
      const read = await query(kind);
      expect(sorted(read).frameEqual(whole), kind).toBe(true);
      expect(read.tables.cohorts?.height).toBe(30);
    }
  });

  it("does not read another database that the server chose", async () => {
    server.sql("SET GLOBAL init_connect = 'USE other'");
    await expect(query("keyed")).rejects.toThrow(
      "MySQL test cannot be read: the server chose database other by itself.",
    );
  });

  it.each(["logs", "cohorts"])(
    "refuses a part for the whole of %s, and keeps none of it",
    async (table) => {
      // who asks for rows does not get those that who counts is told of
      server.sql(`CREATE DATABASE part; USE part; CREATE TABLE cohorts AS SELECT * FROM keyed.cohorts;
CREATE FUNCTION is_counted() RETURNS INT READS SQL DATA RETURN
  (SELECT info LIKE '%COUNT(%' FROM information_schema.processlist WHERE id = CONNECTION_ID());
CREATE TABLE logs AS SELECT * FROM keyed.logs WHERE n < 6000; RENAME TABLE ${table} TO base;
CREATE VIEW ${table} AS SELECT * FROM base WHERE ${table === "logs" ? "user_id < 100" : "id < 20"} OR is_counted();`);
      const data = join(folder, table);
      const { code, stderr } = await startCommand(
        ["db", "read"],
        environmentOf({ ...settings, database: "part" }, data),
      ).ended;
      server.sql("DROP DATABASE part");
      expect(code).toBe(1);
      const [there, came] = table === "logs" ? ["999", "199"] : ["30", "19"];
      expect(stderr).toMatch(
        new RegExp(
          `^MySQL \\S+, database part cannot be read: of ${there} rows in table ${table} only ${came} came\\. Something cuts answers short: a view, a limit or a proxy\\. Nothing was kept; ask the server's administrator\\.\n$`,
        ),
      );
      const cache = join(data, "cache");
      expect(existsSync(cache) ? readdirSync(cache) : []).toEqual([]);
    },
  );

  it("names a row without a day, which is in no range of days", async () => {
    server.sql(`CREATE DATABASE dayless; USE dayless; CREATE TABLE cohorts AS SELECT * FROM keyed.cohorts;
CREATE TABLE logs AS SELECT * FROM no_key.logs LIMIT 100; ALTER TABLE logs MODIFY date DATE NULL;
UPDATE logs SET date = NULL LIMIT 1;`);
    await expect(query("dayless")).rejects.toThrow(
      "row 1, date: expected a calendar day as 2018-01-26; found nothing",
    );
  });

  it("leaves rows that are added while it reads for the next time", async () => {
    make("keyed", "growing");
    proxy.after(1_000_000, () =>
      server.sql(
        "INSERT INTO growing.logs SELECT date, time, 'new', 1, 8, '198.18.0.1', n + 10000000 FROM growing.logs LIMIT 500",
      ),
    );
    const read = await query("growing");
    expect(read.tables.logs?.height).toBe(ROWS);
    expect(read.notes).toEqual([]);
    expect((await query("growing")).tables.logs?.height).toBe(ROWS + 500);
  });

  it("goes on where the server ended a statement that took too long", async () => {
    server.sql(`CREATE DATABASE slow; USE slow; CREATE TABLE cohorts AS SELECT * FROM keyed.cohorts;
CREATE TABLE pause AS SELECT 5 AS seconds;
CREATE FUNCTION pause(user INT) RETURNS INT READS SQL DATA
  RETURN IF(user = 77, SLEEP((SELECT seconds FROM pause)), 0);
CREATE VIEW logs AS SELECT * FROM keyed.logs WHERE n > 300000 AND pause(user_id) = 0;`);
    server.sql("UPDATE slow.pause SET seconds = 0");
    const whole = sorted(await query("slow"));
    server.sql("SET GLOBAL init_connect = 'SET max_statement_time = 1'");
    const notices: string[] = [];
    const read = await queryLogs({ ...settings, database: "slow" }, "MySQL test", {
      notice: (line) => {
        notices.push(line);
        server.sql("UPDATE slow.pause SET seconds = 0; SET GLOBAL init_connect = ''");
      },
      live: (text) => {
        if (notices.length > 0 || !text.includes("waiting for the first")) return;
        server.sql("UPDATE slow.pause SET seconds = 5");
      },
      waits: [50],
    });
    expect(notices).toEqual([
      expect.stringMatching(
        /the connection was lost after 0 rows \(Query .*max_statement_time.*\)\. Trying again in 0\.05 s/,
      ),
    ]);
    expect(sorted(read).frameEqual(whole)).toBe(true);
  });

  it("says that the server limits a user's connections", async () => {
    server.sql("GRANT USAGE ON *.* TO reader@'127.0.0.1' WITH MAX_USER_CONNECTIONS 1");
    proxy.after(500_000, () => new Promise((done) => setTimeout(done, 500)));
    const first = query("keyed");
    await new Promise((done) => setTimeout(done, 200));
    await expect(query("keyed")).rejects.toThrow(
      /'max_user_connections' resource \(current value: 1\)\. The server limits this user: end other programs that use it, try again later, or ask its administrator for more\./,
    );
    await first;
    server.sql("GRANT USAGE ON *.* TO reader@'127.0.0.1' WITH MAX_USER_CONNECTIONS 0");
  });

  it.each(["keyed", "view"])(
    "lets an ALTER pass while a reader is suspended (%s)",
    async (kind) => {
      // the server's own time for a client that takes nothing
      server.sql("SET GLOBAL net_write_timeout = 2");
      const data = join(folder, `suspended-${kind}`);
      const direct = { ...settings, port: server.port as number, database: kind };
      const expected = (await query(kind)).tables.logs as pl.DataFrame;
      const { child, ended } = startCommand(
        ["db", "read"],
        environmentOf({ ...direct, port: proxy.port }, data),
      );
      await new Promise<void>((done) => proxy.after(1_500_000, () => done()));
      child.kill("SIGSTOP");
      const start = performance.now();
      server.sql(`ALTER TABLE ${kind}.${kind === "view" ? "base" : "logs"} ADD COLUMN more INT`);
      const waited = (performance.now() - start) / 1000;
      child.kill("SIGCONT");
      const { code, stdout } = await ended;
      expect(code).toBe(0);
      expect(waited).toBeLessThan(20);
      expect(stdout).toMatch(/Access log: 60,000 rows and 30 cohorts/);
      expect((await query(kind)).tables.logs?.frameEqual(expected)).toBe(true);
    },
  );
});
