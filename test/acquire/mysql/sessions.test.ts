import { inspect } from "node:util";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { acquireLogs } from "../../../lib/acquire/acquire-logs";
import { DatabaseConnection } from "../../../lib/acquire/mysql/connection";
import type { MysqlSettings } from "../../../lib/keep/settings";
import { environmentOf } from "../../support/db-command";
import { hasMariaDb } from "../../support/mariadb";
import { PASSWORD } from "../../support/reader";
import { useFolder } from "../../support/tiny-logs";
import { useServer } from "./server";
import { filled, inserts, LOG_ROWS, row, TABLES } from "./tables";

const folder = useFolder();
afterEach(() => {
  vi.unstubAllEnvs();
});

describe.skipIf(!hasMariaDb)("a session with a server (needs mariadb-server)", () => {
  const used = useServer();
  const { query, sql, failure } = used;
  beforeAll(() => void sql(filled("curriculum_logs", LOG_ROWS)));

  it.each<[Partial<MysqlSettings>, RegExp]>([
    [
      { names: { cohorts: "class" } },
      /it has no table class that this user may read; there are cohorts, logs\..*as cohorts=access/,
    ],
    [
      { names: { user_id: "student" } },
      /table logs has no column student that this user may read; there are date, time, path, user_id, cohort_id, ip\. Say what it is called/,
    ],
    [{ socket: "/nowhere/socket" }, /ENOENT.*Check CURRICULUM_LOGS_SOCKET/],
    [{ password: "wrong-secret" }, /Access denied.*Check CURRICULUM_LOGS_USER and/],
  ])("says what to do about %o, without the password", async (change, expected) => {
    const error = await failure(change);
    expect(error.message).toMatch(/^MySQL test cannot be read: .*$/);
    expect(error.message).toMatch(expected);
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
    sql(filled("typed", [], [], TABLES.replace(before, after)));
    expect((await failure({ database: "typed" })).message).toContain(message);
  });

  it("is taken by acquireLogs as soon as it is configured, kept, and read again with refresh", async () => {
    const settings = { ...used.settings, database: "growing" };
    for (const [name, value] of Object.entries(environmentOf(settings, folder.path()))) {
      vi.stubEnv(name, value);
    }
    sql(filled("growing", LOG_ROWS));
    const acquire = async (refresh = false) => {
      const notices: string[] = [];
      const acquired = await acquireLogs({ refresh, notice: (line) => notices.push(line) });
      return { ...acquired, said: notices[0] };
    };
    const first = await acquire();
    expect(first.source).toBe("mysql");
    const what = `Access log: 4 rows and 3 cohorts from MySQL ${settings.socket}, database growing`;
    expect(first.said).toBe(`${what}.`);
    sql(`USE growing; ${inserts("logs", [row({ date: "2021-04-21" })])}`);
    const second = await acquire();
    expect(second.logs.height).toBe(4);
    expect(second.said).toMatch(/ \(cached, read [\d: -]{16} UTC; refresh: true reads again\)\.$/);
    expect((await acquire(true)).logs.height).toBe(5);
    expect((await acquire()).logs.height).toBe(5);
    await expect(acquireLogs({ names: { log: "access" } })).rejects.toThrow(
      /^acquireLogs got names .* there is no table or column "log" to be renamed; there are logs, date,/,
    );
  });

  it("sends SELECT and SET, and nothing else, and finds names in other case", async () => {
    sql("SET GLOBAL general_log = 1");
    await query();
    await query({ names: { logs: "Logs" } });
    await query({ names: { user_id: "USER_ID" } });
    sql("SET GLOBAL general_log = 0");
    const connections = new Set<string>();
    const sent: string[] = [];
    for (const line of used.server.generalLog().split("\n")) {
      const [, id = "", command = "", text = ""] =
        /^[\d :T.]*\t\s*(\d+) (\w+)\t(.*)$/.exec(line) ?? [];
      if (command === "Connect" && text.startsWith("reader@")) connections.add(id);
      else if (connections.has(id)) sent.push(`${command} ${text.split(" ")[0]}`.trim());
    }
    expect(connections.size).toBe(3);
    expect(sent.length).toBeGreaterThan(20);
    expect(new Set(sent)).toEqual(new Set(["Query SET", "Query SELECT", "Quit"]));
  });

  it("hands on what a taker of rows throws, and does not end the process", async () => {
    const connection = await DatabaseConnection.open(used.settings);
    let taken = 0;
    const full = () => {
      if (++taken === 3) throw new RangeError("no more");
    };
    const reading = connection.stream("SELECT seq FROM seq_1_to_100000", full);
    await expect(reading).rejects.toThrow(new RangeError("no more"));
    expect(taken).toBe(3);
    await connection.close();
  });

  it("changes nothing: a session that writes is refused", async () => {
    // the reader may write; a view that calls a function that writes would show it
    sql(`
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
    expect(sql("SELECT COUNT(*) FROM trap.written")).toContain("0");
  });
});
