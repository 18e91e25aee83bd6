import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pl from "nodejs-polars";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Cacheable } from "../../../lib/keep/cache";
import { environmentOf, startCommand } from "../../support/db-command";
import { hasMariaDb } from "../../support/mariadb";
import { useServer } from "./server";
import { COHORTS_TABLE, logsTable } from "./tables";

// A table is read in pages. None of its rows may be lost on the way, whatever the server's
// defaults are, and nobody may have to wait for a reader that stopped.

const ROWS = 60_000;
/** Kinds of keys: what they are made of, and their type; without a type there is no key. */
const KEYS: Record<string, [value: string, type?: string]> = {
  keyed: ["CAST(seq AS SIGNED) * 7 - 1000", "BIGINT"],
  big_keys: ["18446744073709551615 - 60001 + seq", "BIGINT UNSIGNED"],
  text_key: ["CAST(CONCAT('k', seq) AS CHAR(20))", "VARCHAR(20)"],
  no_key: ["0"],
  view: ["0"],
};
const KINDS = Object.keys(KEYS);

describe.skipIf(!hasMariaDb)("reading in pages (needs mariadb-server)", () => {
  const folder = mkdtempSync(join(tmpdir(), "pages-"));
  const used = useServer({ network: true });
  const { sql } = used;
  const query = (database: string, options = {}) => used.query({ database }, options);
  const sorted = ({ tables }: Cacheable) =>
    (tables.logs as pl.DataFrame).sort(["date", "time", "path"]);
  let whole: pl.DataFrame;

  beforeAll(async () => {
    // init_connect is not run for who may do everything
    sql(`DROP USER reader@localhost; REVOKE ALL PRIVILEGES, GRANT OPTION FROM reader@'127.0.0.1';
GRANT SELECT, EXECUTE, PROCESS ON *.* TO reader@'127.0.0.1'; CREATE DATABASE other;`);
    for (const kind of KINDS) make(kind);
    whole = sorted(await query("keyed"));
  });
  afterEach(() => {
    sql(
      "SET GLOBAL sql_select_limit = DEFAULT, GLOBAL init_connect = '', GLOBAL max_statement_time = 0, GLOBAL net_write_timeout = 60",
    );
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** The same rows, with letters beyond ASCII and a day that every third row has, under keys of each kind. */
  function make(kind: string, name = kind): void {
    const [key, type] = KEYS[kind] as [string, string?];
    sql(`CREATE DATABASE ${name} CHARACTER SET utf8mb4; USE ${name};
${COHORTS_TABLE} INSERT INTO cohorts (id, name) SELECT seq, 'class' FROM seq_1_to_30;
${logsTable(ROWS, { path: "lección/", more: `, ${key} AS n` })}
UPDATE logs SET date = '2018-01-26' WHERE user_id MOD 3 = 0;
ALTER TABLE logs ${type ? `MODIFY n ${type} NOT NULL PRIMARY KEY` : "DROP COLUMN n"};
${kind === "view" ? "RENAME TABLE logs TO base; CREATE VIEW logs AS SELECT * FROM base;" : ""}`);
  }

  it.each(KINDS)("gives each row once (%s)", async (kind) => {
    const read = await query(kind);
    expect(read.notes).toEqual([]);
    const logs = read.tables.logs as pl.DataFrame;
    expect(logs.height).toBe(ROWS);
    expect(logs.getColumn("path").nUnique()).toBe(ROWS);
    expect(sorted(read).frameEqual(whole)).toBe(true);
    const [[sum = 0] = []] = logs.select(pl.col("user_id").sum()).rows();
    const onServer = sql(`SELECT SUM(user_id) FROM ${kind}.logs`).split("\n")[1];
    expect(String(Number(sum))).toBe(onServer);
  });

  it.each([
    "SET GLOBAL sql_select_limit = 10",
    "SET GLOBAL init_connect = 'SET sql_select_limit = 10, max_join_size = 100'",
    "SET GLOBAL init_connect = 'SET NAMES latin1'",
    "SET GLOBAL init_connect = 'SET autocommit = 0'",
  ])("reads the whole table whatever the server's defaults: %s", async (statement) => {
    sql(statement);
    for (const kind of ["keyed", "view"]) {
      const read = await query(kind);
      expect(sorted(read).frameEqual(whole), kind).toBe(true);
      expect(read.tables.cohorts?.height).toBe(30);
    }
  });

  it("does not read another database that the server chose", async () => {
    sql("SET GLOBAL init_connect = 'USE other'");
    await expect(query("keyed")).rejects.toThrow(
      "MySQL test cannot be read: the server chose database other by itself.",
    );
  });

  it.each([
    ["logs", "user_id < 100", "999", "199"],
    ["cohorts", "id < 20", "30", "19"],
  ])(
    "refuses a part for the whole of %s, and keeps none of it",
    async (table, shown, there, came) => {
      // who asks for rows does not get those that who counts is told of
      sql(`CREATE DATABASE part; USE part; CREATE TABLE cohorts AS SELECT * FROM keyed.cohorts;
CREATE FUNCTION is_counted() RETURNS INT READS SQL DATA RETURN
  (SELECT info LIKE '%COUNT(%' FROM information_schema.processlist WHERE id = CONNECTION_ID());
CREATE TABLE logs AS SELECT * FROM keyed.logs WHERE n < 6000; RENAME TABLE ${table} TO base;
CREATE VIEW ${table} AS SELECT * FROM base WHERE ${shown} OR is_counted();`);
      const data = join(folder, table);
      const environment = environmentOf({ ...used.settings, database: "part" }, data);
      const { code, stderr } = await startCommand(["db", "read"], environment).ended;
      sql("DROP DATABASE part");
      expect(code).toBe(1);
      expect(stderr).toMatch(/^MySQL \S+, database part cannot be read: of /);
      expect(stderr).toContain(
        `: of ${there} rows in table ${table} only ${came} came. Something cuts answers short: a view, a limit or a proxy. Nothing was kept; ask the server's administrator.\n`,
      );
      const cache = join(data, "cache");
      expect(existsSync(cache) ? readdirSync(cache) : []).toEqual([]);
    },
  );

  it("names a row without a day, which is in no range of days", async () => {
    sql(`CREATE DATABASE dayless; USE dayless; CREATE TABLE cohorts AS SELECT * FROM keyed.cohorts;
CREATE TABLE logs AS SELECT * FROM no_key.logs LIMIT 100; ALTER TABLE logs MODIFY date DATE NULL;
UPDATE logs SET date = NULL LIMIT 1;`);
    await expect(query("dayless")).rejects.toThrow(
      "row 1, date: expected a calendar day as 2018-01-26; found nothing",
    );
  });

  it("leaves rows that are added while it reads for the next time", async () => {
    make("keyed", "growing");
    used.proxy.after(1_000_000, () =>
      sql(
        "INSERT INTO growing.logs SELECT date, time, 'new', 1, 8, '198.18.0.1', n + 10000000 FROM growing.logs LIMIT 500",
      ),
    );
    const read = await query("growing");
    expect([read.tables.logs?.height, read.notes]).toEqual([ROWS, []]);
    expect((await query("growing")).tables.logs?.height).toBe(ROWS + 500);
  });

  it("goes on where the server ended a statement that took too long", async () => {
    sql(`CREATE DATABASE slow; USE slow; CREATE TABLE cohorts AS SELECT * FROM keyed.cohorts;
CREATE TABLE pause AS SELECT 0 AS seconds;
CREATE FUNCTION pause(user INT) RETURNS INT READS SQL DATA
  RETURN IF(user = 77, SLEEP((SELECT seconds FROM pause)), 0);
CREATE VIEW logs AS SELECT * FROM keyed.logs WHERE n > 300000 AND pause(user_id) = 0;`);
    const whole = sorted(await query("slow"));
    sql("SET GLOBAL init_connect = 'SET max_statement_time = 1'");
    const notices: string[] = [];
    const read = await query("slow", {
      notice: (line: string) => {
        notices.push(line);
        sql("UPDATE slow.pause SET seconds = 0; SET GLOBAL init_connect = ''");
      },
      live: (text: string) => {
        if (notices.length > 0 || !text.includes("waiting for the first")) return;
        sql("UPDATE slow.pause SET seconds = 5");
      },
    });
    expect(notices).toEqual([
      expect.stringMatching(
        /the connection was lost after [\d,]+ rows \(Query .*max_statement_time.*\)\. Trying again in 0\.05 s/,
      ),
    ]);
    expect(sorted(read).frameEqual(whole)).toBe(true);
  });

  it("says that the server limits a user's connections", async () => {
    sql("GRANT USAGE ON *.* TO reader@'127.0.0.1' WITH MAX_USER_CONNECTIONS 1");
    used.proxy.after(500_000, () => new Promise((done) => setTimeout(done, 500)));
    const first = query("keyed");
    await new Promise((done) => setTimeout(done, 200));
    await expect(query("keyed")).rejects.toThrow(
      /'max_user_connections' resource \(current value: 1\)\. The server limits this user: end other programs that use it, try again later, or ask its administrator for more\./,
    );
    await first;
    sql("GRANT USAGE ON *.* TO reader@'127.0.0.1' WITH MAX_USER_CONNECTIONS 0");
  });

  it.each([
    ["keyed", "logs"],
    ["view", "base"],
  ])("lets an ALTER pass while a reader is suspended (%s)", async (database, table) => {
    // the server's own time for a client that takes nothing
    sql("SET GLOBAL net_write_timeout = 2");
    const expected = (await query(database)).tables.logs as pl.DataFrame;
    const environment = environmentOf({ ...used.settings, database }, join(folder, database));
    const { child, ended } = startCommand(["db", "read"], environment);
    await new Promise<void>((done) => used.proxy.after(1_500_000, () => done()));
    child.kill("SIGSTOP");
    const start = performance.now();
    sql(`ALTER TABLE ${database}.${table} ADD COLUMN more INT`);
    const waited = (performance.now() - start) / 1000;
    child.kill("SIGCONT");
    const { code, stdout } = await ended;
    expect(code).toBe(0);
    expect(waited).toBeLessThan(20);
    expect(stdout).toMatch(/Access log: 60,000 rows and 30 cohorts/);
    expect((await query(database)).tables.logs?.frameEqual(expected)).toBe(true);
  });
});
