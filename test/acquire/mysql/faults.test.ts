import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type pl from "nodejs-polars";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { acquireLogs } from "../../../lib/acquire/acquire-logs";
import { queryLogs } from "../../../lib/acquire/mysql/query-logs";
import type { MysqlSettings } from "../../../lib/keep/settings";
import { environmentOf, type Outcome, startCommand } from "../../support/db-command";
import { hasMariaDb, type MariaDb, startMariaDb } from "../../support/mariadb";
import { randomIntegers } from "../../support/random";
import { addReader, PASSWORD, readerSettings } from "../../support/reader";
import { startTcpProxy, type TcpProxy } from "../../support/tcp-proxy";

// Everything that may go wrong between here and a server, done to a real one. Commands are real
// processes, whose exit code and words are seen, and whose cache is compared before and after.

const ROWS = 60_000;
/** Well inside the rows, of which there are some 3 MB. */
const HALF_WAY = 1_000_000;
const COHORTS = `CREATE TABLE cohorts (id INT PRIMARY KEY, name TEXT, slack TEXT, start_date DATE, end_date DATE,
  created_at DATETIME, updated_at DATETIME, deleted_at DATETIME, program_id INT);
INSERT INTO cohorts VALUES (8, 'Hampton', '#hampton', '2015-09-22', '2016-02-06', NULL, NULL, NULL, 1);`;
const FILLED = `${COHORTS}
CREATE TABLE logs ENGINE=InnoDB AS SELECT
  DATE('2018-01-26') + INTERVAL seq DIV 300 DAY AS date, SEC_TO_TIME(seq DIV 3 MOD 86400) AS time,
  CAST(CONCAT('lesson/', seq MOD 997) AS CHAR(64)) AS path, seq MOD 500 AS user_id, 8 AS cohort_id, '198.18.0.1' AS ip
  FROM seq_1_to_${ROWS};`;

describe.skipIf(!hasMariaDb)("a database in trouble (needs mariadb-server)", () => {
  const folder = mkdtempSync(join(tmpdir(), "faults-"));
  const data = join(folder, "data");
  let server: MariaDb;
  let proxy: TcpProxy;
  let settings: MysqlSettings;
  const everythingSaid: string[] = [];

  beforeAll(async () => {
    mkdirSync(data);
    server = await startMariaDb({ network: true });
    proxy = await startTcpProxy(server.port as number);
    addReader(server);
    server.sql(`CREATE DATABASE curriculum_logs CHARACTER SET utf8mb4; USE curriculum_logs; ${FILLED}
CREATE DATABASE keyed; CREATE TABLE keyed.logs LIKE logs; ALTER TABLE keyed.logs ADD COLUMN n INT AUTO_INCREMENT PRIMARY KEY;
INSERT INTO keyed.logs (date, time, path, user_id, cohort_id, ip) SELECT * FROM logs;
CREATE TABLE keyed.cohorts AS SELECT * FROM cohorts;
CREATE USER nobody@'127.0.0.1' IDENTIFIED BY '${PASSWORD.replace("'", "''")}';
CREATE USER guest@'127.0.0.1' IDENTIFIED BY '${PASSWORD.replace("'", "''")}'; GRANT SELECT ON curriculum_logs.cohorts TO guest@'127.0.0.1';`);
    const { socket: _, ...rest } = readerSettings(server);
    settings = { ...rest, host: "127.0.0.1", port: proxy.port };
    expect(await command({})).toMatchObject({ code: 0, stderr: "" });
  });
  afterAll(async () => {
    proxy?.stop();
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function command(
    change: Partial<MysqlSettings>,
    args = ["db", "read"],
    into = data,
  ): Promise<Outcome> {
    const outcome = await startCommand(args, environmentOf({ ...settings, ...change }, into)).ended;
    everythingSaid.push(outcome.stdout, outcome.stderr);
    return outcome;
  }

  /** Every file of the cache with its content's hash. */
  function cache(of = data): string[] {
    const path = join(of, "cache");
    return readdirSync(path)
      .filter((name) => !name.startsWith(".unfinished"))
      .map(
        (name) =>
          `${name} ${createHash("sha256")
            .update(readFileSync(join(path, name)))
            .digest("hex")}`,
      );
  }

  /** The one line that a command said, past the prose about a lost connection. */
  async function fault(change: Partial<MysqlSettings>): Promise<string> {
    const before = cache();
    const { code, stderr } = await command(change);
    expect(code).toBe(1);
    expect(cache()).toEqual(before);
    const lines = stderr.trimEnd().split("\n");
    expect(lines).toHaveLength(1);
    return lines[0] as string;
  }

  const query = (
    change: Partial<MysqlSettings>,
    notices: string[] = [],
    waits = [200, 400, 800, 1600],
  ) =>
    queryLogs({ ...settings, ...change }, "MySQL test", {
      notice: (line) => notices.push(line),
      live: () => {},
      waits,
    });
  it.each<[string, Partial<MysqlSettings>, RegExp]>([
    [
      "host",
      { host: "no-such-host.invalid" },
      /: getaddrinfo \w+ no-such-host\.invalid\. Check CURRICULUM_LOGS_HOST/,
    ],
    [
      "port",
      { port: 1 },
      /: connect ECONNREFUSED 127\.0\.0\.1:1\. No server answers there: check CURRICULUM_LOGS_HOST and CURRICULUM_LOGS_PORT, and whether it runs\./,
    ],
    [
      "password",
      { password: "wrong-8d1f" },
      /: Access denied for user 'reader'@'localhost' \(using password: YES\)\. Check CURRICULUM_LOGS_USER and CURRICULUM_LOGS_PASSWORD\./,
    ],
    [
      "database",
      { database: "none" },
      /: Unknown database 'none'\. Check CURRICULUM_LOGS_DATABASE\./,
    ],
    [
      "privileges on the database",
      { user: "nobody" },
      /: Access denied for user 'nobody'@'[\w.]+' to database 'curriculum_logs'\. The user may not use it: check CURRICULUM_LOGS_DATABASE and the user's rights\./,
    ],
    [
      "privileges on a table",
      { user: "guest" },
      /it has no table logs that this user may read; there is cohorts\. Check CURRICULUM_LOGS_DATABASE and the user's rights \(SELECT\)/,
    ],
    [
      "a server without TLS",
      { ssl: true },
      /: Server does not support secure connection\. The server cannot encrypt\. Let its administrator turn TLS on; where nobody can listen, as on this machine, set CURRICULUM_LOGS_SSL to false\./,
    ],
    [
      "a table that is missing",
      { database: "mysql" },
      /it has no table logs that this user may read/,
    ],
  ])("ends with one line, code 1 and the old cache: %s", async (_, change, expected) => {
    const line = await fault(change);
    expect(line).toMatch(/^MySQL \S+, database \w+ cannot be read: /);
    expect(line).toMatch(expected);
  });

  it.each(["curriculum_logs", "keyed"])(
    "goes on after a server that was killed half-way and came back, with the same rows (%s)",
    async (database) => {
      const whole = await query({ database });
      const notices: string[] = [];
      proxy.after(HALF_WAY, async () => {
        await server.signal("SIGKILL");
        setTimeout(() => void server.start(), 100);
      });
      const read = await query({ database }, notices);
      expect(read.tables.logs?.frameEqual(whole.tables.logs as pl.DataFrame)).toBe(true);
      const where = database === "keyed" ? "n \\d+" : "2018-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d";
      expect(notices[0]).toMatch(
        new RegExp(
          `^MySQL test: the connection was lost after [1-9][\\d,]+ rows \\(.+\\)\\. Trying again in 0\\.2 s, from ${where} on\\.$`,
        ),
      );
    },
  );

  it("says that a log changed while it was read", async () => {
    server.sql(`CREATE DATABASE moving; USE moving; CREATE TABLE cohorts AS SELECT * FROM keyed.cohorts;
CREATE TABLE logs LIKE keyed.logs; INSERT INTO logs SELECT * FROM keyed.logs;
CREATE DATABASE unsafe; USE unsafe; CREATE TABLE cohorts AS SELECT * FROM keyed.cohorts;
CREATE TABLE logs LIKE keyed.logs; ALTER TABLE logs ENGINE=MyISAM; INSERT INTO logs SELECT * FROM keyed.logs LIMIT 100;`);
    const unsafe = await queryLogs({ ...settings, database: "unsafe" }, "MySQL test", {
      notice: () => {},
      live: (text) => {
        if (text.includes("waiting for the first")) server.sql("DELETE FROM unsafe.logs LIMIT 9");
      },
    });
    expect(unsafe.notes).toEqual([
      "MySQL test: the log changed while it was read (100 rows counted before, 91 after, 91 read). Read again when nobody writes.",
    ]);

    proxy.after(HALF_WAY, () => {
      const [, id] = server
        .sql("SELECT id FROM information_schema.processlist WHERE user = 'reader'")
        .split("\n");
      server.sql(`KILL ${id}; DELETE FROM moving.logs WHERE n <= 5;`);
    });
    const seen: string[] = [];
    const moving = await queryLogs({ ...settings, database: "moving" }, "MySQL test", {
      notice: (line) => seen.push(`notice: ${line}`),
      live: (text) => seen.push(text),
      waits: [200],
    });
    // a notice is not written behind the line that is there
    const at = seen.findIndex((line) => line.startsWith("notice: "));
    expect(seen[at - 2]).toMatch(/^Reading [\d,]+ (of [\d,]+ )?rows/);
    expect(seen[at - 1]).toBe("");
    const [left, read] = [ROWS - 5, ROWS].map((rows) => rows.toLocaleString("en-US"));
    expect(moving.notes).toEqual([
      `MySQL test: the log changed while it was read (${read} rows counted before, ${left} after, ${read} read). Read again when nobody writes.`,
    ]);
  });

  it("begins anew where what came before the break does not say where to go on", async () => {
    const whole = await query({});
    const notices: string[] = [];
    // the list of columns is on its way
    proxy.after(400, () =>
      server
        .sql(
          "SET GLOBAL general_log = 0; SELECT CONCAT('KILL ', id, ';') FROM information_schema.processlist WHERE user = 'reader'",
        )
        .split("\n")
        .filter((line) => line.startsWith("KILL"))
        .forEach((line) => {
          server.sql(line);
        }),
    );
    const read = await query({}, notices);
    expect(read.tables.logs?.frameEqual(whole.tables.logs as pl.DataFrame)).toBe(true);
    expect(notices).toEqual([
      expect.stringMatching(/lost after 0 rows \(.+\)\. Trying again in 0\.2 s, from the start\.$/),
    ]);
  });

  it("gives up on a server that was killed half-way and does not come back", async () => {
    proxy.after(HALF_WAY, () => server.signal("SIGKILL"));
    const before = cache();
    const { code, stdout, stderr } = await command({});
    await server.start();
    expect(code).toBe(1);
    expect(cache()).toEqual(before);
    expect(stdout.trimEnd().split("\n")).toEqual(
      [1, 2, 4, 8].map((seconds) =>
        expect.stringMatching(
          new RegExp(
            `the connection was lost after .*\\. Trying again in ${seconds} s, from 2018-.* on\\.$`,
          ),
        ),
      ),
    );
    expect(stderr).toMatch(
      /^MySQL \S+ database curriculum_logs cannot be read again \(after [\d,]+ rows\): .*\n$/,
    );
  });

  it("does not wait for a frozen server longer than the settings say", async () => {
    const frozen = { readTimeout: 1, connectTimeout: 1 };
    proxy.after(HALF_WAY, () => server.signal("SIGSTOP"));
    const notices: string[] = [];
    const error = await query(frozen, notices, [50, 50]).catch((thrown: Error) => thrown);
    // it takes connections, but does not greet
    const line = await fault(frozen);
    await server.signal("SIGCONT");
    expect(notices[0]).toMatch(
      /the server has sent nothing for 1 s\)\. Trying again in 0\.05 s, from /,
    );
    expect(error).toMatchObject({
      name: "DatabaseError",
      message: expect.stringMatching(
        /^MySQL test cannot be read again .*: the connection was taken, but there was no greeting within 1 s\. It may be busy or stopped, or no MySQL server: check CURRICULUM_LOGS_HOST and CURRICULUM_LOGS_PORT, or allow more time in CURRICULUM_LOGS_CONNECT_TIMEOUT\./,
      ),
    });
    expect(line).toMatch(
      / cannot be read: the connection was taken, but there was no greeting within 1 s\./,
    );
  });

  it("does not ask a server again that is busy with the first answer", async () => {
    server.sql(`CREATE DATABASE slow; USE slow; ${COHORTS} CREATE VIEW logs AS
SELECT l.* FROM curriculum_logs.logs l JOIN (SELECT SLEEP(5) AS s) pause;`);
    const notices: string[] = [];
    await expect(query({ database: "slow", readTimeout: 1 }, notices)).rejects.toThrow(
      "MySQL test cannot be read: the server has sent nothing for 1 s. It may be busy or stopped: try again, or allow more time in CURRICULUM_LOGS_READ_TIMEOUT.",
    );
    expect(notices).toEqual([]);
  });

  it("reads again from a server that was restarted in the meantime", async () => {
    await server.signal("SIGTERM");
    await server.start();
    const before = cache();
    expect(await command({})).toMatchObject({ code: 0, stderr: "" });
    // the manifest has the hour; the tables are the same
    expect(cache().filter((file) => file.includes(".parquet"))).toEqual(
      before.filter((file) => file.includes(".parquet")),
    );
  });

  it("lets two read at once", async () => {
    const both = await Promise.all([command({}), command({})]);
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    expect(cache().filter((file) => file.includes(".parquet"))).toHaveLength(2);
  });

  it("gives the same bytes after a kill at any moment", async () => {
    const percent = randomIntegers(7);
    const parquet = () => cache().filter((file) => file.includes(".parquet"));
    const expected = parquet();
    const start = performance.now();
    expect(await command({})).toMatchObject({ code: 0, stderr: "" });
    const takes = performance.now() - start;
    for (const [name, value] of Object.entries(environmentOf(settings, data))) {
      vi.stubEnv(name, value);
    }
    for (let kill = 0; kill < 10; kill++) {
      const { child, ended } = startCommand(["db", "read"], environmentOf(settings, data));
      await new Promise((done) => setTimeout(done, (takes * percent(20, 110)) / 100));
      child.kill("SIGKILL");
      await ended;
      const read = await acquireLogs({ refresh: true, notice: () => {} });
      expect(read.logs.height).toBe(ROWS);
      expect(parquet()).toEqual(expected);
    }
    vi.unstubAllEnvs();
  }, 300_000);

  const canMount = process.getuid?.() === 0 && process.platform === "linux";
  it.skipIf(!canMount)(
    "keeps the old tables where the disk is full (needs root, to mount one)",
    async () => {
      const disk = join(folder, "disk");
      mkdirSync(disk);
      execFileSync("mount", ["-t", "tmpfs", "-o", "size=4m", "tmpfs", disk]);
      try {
        expect(await command({}, ["db", "read"], disk)).toMatchObject({ code: 0 });
        const before = cache(disk);
        // other rows, and no room for them
        server.sql(
          "INSERT INTO curriculum_logs.logs SELECT date, time, MD5(path), user_id, cohort_id, ip FROM curriculum_logs.logs WHERE date < '2018-02-01'",
        );
        const filler = join(disk, "filler");
        for (let size = 1 << 20; size >= 1024; size /= 2) {
          try {
            writeFileSync(filler, Buffer.alloc(size, 1), { flag: "a" });
            size *= 2;
          } catch {
            /* it is full */
          }
        }
        expect(statSync(filler).size).toBeGreaterThan(1024);
        const { code, stdout, stderr } = await command({}, ["db", "read"], disk);
        expect(code).toBe(1);
        expect(stdout).toMatch(
          /^Not cached, as \S+ cannot be written \(ENOSPC: .*\): what was there before is still there\. Make room or rights; until then each run reads again\.$/m,
        );
        expect(stderr).toMatch(/^not kept: \S+ cannot be written \(ENOSPC: .*\)\n$/);
        expect(cache(disk)).toEqual(before);
      } finally {
        execFileSync("umount", [disk]);
      }
    },
  );

  it("says its password to nobody", async () => {
    expect(everythingSaid.join("").length).toBeGreaterThan(2000);
    for (const secret of [PASSWORD, PASSWORD.replace("'", "\\'"), "wrong-8d1f"]) {
      expect(everythingSaid.join("\n")).not.toContain(secret);
      for (const name of readdirSync(join(data, "cache"))) {
        expect(readFileSync(join(data, "cache", name)).includes(secret), name).toBe(false);
      }
    }
    // other users of a machine see how processes were called
    const { child, ended } = startCommand(["db", "read"], environmentOf(settings, data));
    await new Promise((done) => setTimeout(done, 500));
    expect(readFileSync(`/proc/${child.pid}/cmdline`, "utf8")).not.toContain(PASSWORD);
    await ended;
  });
});
