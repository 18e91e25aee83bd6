import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type pl from "nodejs-polars";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { MysqlSettings } from "../../../lib/keep/settings";
import { hash } from "../../../lib/keep/source-code";
import { environmentOf, type Outcome, startCommand } from "../../support/db-command";
import { hasMariaDb } from "../../support/mariadb";
import { randomIntegers } from "../../support/random";
import { PASSWORD } from "../../support/reader";
import { isFull } from "../../support/which";
import { useServer } from "./server";
import { COHORTS_TABLE, logsTable } from "./tables";

// Everything that may go wrong between here and a server, done to a real one. Commands are real
// processes, whose exit code and words are seen, and whose cache is compared before and after.

const ROWS = 60_000;
/** Well inside the rows, of which there are some 3 MB. */
const HALF_WAY = 1_000_000;

describe.skipIf(!hasMariaDb)("a database in trouble (needs mariadb-server)", () => {
  const folder = mkdtempSync(join(tmpdir(), "faults-"));
  const data = join(folder, "data");
  const used = useServer({ network: true });
  const { query, sql } = used;
  const everythingSaid: string[] = [];

  beforeAll(async () => {
    mkdirSync(data);
    const password = PASSWORD.replace("'", "''");
    sql(`CREATE DATABASE curriculum_logs CHARACTER SET utf8mb4; USE curriculum_logs;
${COHORTS_TABLE} INSERT INTO cohorts (id, name) VALUES (8, 'Hampton'); ${logsTable(ROWS)}
CREATE DATABASE keyed; CREATE TABLE keyed.logs LIKE logs; ALTER TABLE keyed.logs ADD COLUMN n INT AUTO_INCREMENT PRIMARY KEY;
INSERT INTO keyed.logs (date, time, path, user_id, cohort_id, ip) SELECT * FROM logs;
CREATE TABLE keyed.cohorts AS SELECT * FROM cohorts;
CREATE USER nobody@'127.0.0.1' IDENTIFIED BY '${password}'; CREATE USER guest@'127.0.0.1' IDENTIFIED BY '${password}';
GRANT SELECT ON curriculum_logs.cohorts TO guest@'127.0.0.1';`);
    expect(await command()).toMatchObject({ code: 0, stderr: "" });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const start = (change: Partial<MysqlSettings> = {}, into = data) =>
    startCommand(["db", "read"], environmentOf({ ...used.settings, ...change }, into));

  async function command(change: Partial<MysqlSettings> = {}, into = data): Promise<Outcome> {
    const outcome = await start(change, into).ended;
    everythingSaid.push(outcome.stdout, outcome.stderr);
    return outcome;
  }

  /** Every file of the cache with its content's hash. */
  function cache(): string[] {
    const path = join(data, "cache");
    const names = readdirSync(path).filter((name) => !name.startsWith(".unfinished"));
    return names.map((name) => `${name} ${hash(readFileSync(join(path, name)))}`);
  }
  // the manifest has the hour; the tables are the same
  const tables = () => cache().filter((file) => file.includes(".parquet"));

  /** The one line that a command said, which failed and left the cache as it was. */
  async function fault(change: Partial<MysqlSettings>): Promise<string> {
    const before = cache();
    const { code, stderr } = await command(change);
    expect([code, cache()]).toEqual([1, before]);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
    return stderr;
  }

  it.each<[Partial<MysqlSettings>, RegExp]>([
    [
      { host: "no-such-host.invalid" },
      /: getaddrinfo \w+ no-such-host\.invalid\. Check CURRICULUM_LOGS_HOST/,
    ],
    [
      { port: 1 },
      /: connect ECONNREFUSED 127\.0\.0\.1:1\. No server answers there: check CURRICULUM_LOGS_HOST and CURRICULUM_LOGS_PORT, and whether it runs\./,
    ],
    [
      { password: "wrong-8d1f" },
      /: Access denied for user 'reader'@'localhost' \(using password: YES\)\. Check CURRICULUM_LOGS_USER and CURRICULUM_LOGS_PASSWORD\./,
    ],
    [{ database: "none" }, /: Unknown database 'none'\. Check CURRICULUM_LOGS_DATABASE\./],
    [
      { user: "nobody" },
      /: Access denied for user 'nobody'@'[\w.]+' to database 'curriculum_logs'\. The user may not use it: check CURRICULUM_LOGS_DATABASE and the user's rights\./,
    ],
    [
      { user: "guest" },
      /it has no table logs that this user may read; there is cohorts\. Check CURRICULUM_LOGS_DATABASE and the user's rights \(SELECT\), or say what the table is called in CURRICULUM_LOGS_NAMES, as logs=access\./,
    ],
    [
      { ssl: true },
      /: Server does not support secure connection\. The server cannot encrypt\. Let its administrator turn TLS on; where nobody can listen, as on this machine, set CURRICULUM_LOGS_SSL to false\./,
    ],
  ])("ends with one line, code 1 and the old cache: %o", async (change, expected) => {
    const line = await fault(change);
    expect(line).toMatch(/^MySQL \S+, database \w+ cannot be read: /);
    expect(line).toMatch(expected);
  });

  it.each([
    ["curriculum_logs", "2018-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d"],
    ["keyed", "n \\d+"],
  ])(
    "goes on after a server that was killed half-way and came back, with the same rows (%s)",
    async (database, where) => {
      const whole = await query({ database });
      const notices: string[] = [];
      used.proxy.after(HALF_WAY, async () => {
        await used.server.signal("SIGKILL");
        setTimeout(() => void used.server.start(), 100);
      });
      const notice = (line: string) => notices.push(line);
      const read = await query({ database }, { notice, waits: [200, 400, 800, 1600] });
      expect(read.tables.logs?.frameEqual(whole.tables.logs as pl.DataFrame)).toBe(true);
      expect(notices[0]).toMatch(
        new RegExp(
          `^MySQL test: the connection was lost after [1-9][\\d,]+ rows \\(.+\\)\\. Trying again in 0\\.2 s, from ${where} on\\.$`,
        ),
      );
    },
  );

  it("says that a log changed while it was read", async () => {
    sql(`CREATE DATABASE moving; USE moving; CREATE TABLE cohorts AS SELECT * FROM keyed.cohorts;
CREATE TABLE logs LIKE keyed.logs; INSERT INTO logs SELECT * FROM keyed.logs;`);
    used.proxy.after(HALF_WAY, () => {
      const [, id] = sql(
        "SELECT id FROM information_schema.processlist WHERE user = 'reader'",
      ).split("\n");
      sql(`KILL ${id}; DELETE FROM moving.logs WHERE n <= 5;`);
    });
    const seen: string[] = [];
    const moving = await query(
      { database: "moving" },
      { notice: (line) => seen.push(`notice: ${line}`), live: (text) => seen.push(text) },
    );
    // a notice is not written behind the line that is there
    const at = seen.findIndex((line) => line.startsWith("notice: "));
    expect(seen[at - 2]).toMatch(/^Reading [\d,]+ (of [\d,]+ )?rows/);
    expect(seen[at - 1]).toBe("");
    expect(moving.notes).toEqual([
      "MySQL test: the log changed while it was read (60,000 rows counted before, 59,995 after, 60,000 read). Read again when nobody writes.",
    ]);
  });

  it("begins anew where what came before the break does not say where to go on", async () => {
    const whole = await query();
    const notices: string[] = [];
    // the list of columns is on its way
    used.proxy.after(400, () => {
      const [, ...ids] = sql(
        "SELECT id FROM information_schema.processlist WHERE user = 'reader'",
      ).split("\n");
      for (const id of ids.filter(Boolean)) sql(`KILL ${id}`);
    });
    const read = await query({}, { notice: (line) => notices.push(line) });
    expect(read.tables.logs?.frameEqual(whole.tables.logs as pl.DataFrame)).toBe(true);
    expect(notices).toEqual([
      expect.stringMatching(
        /lost after 0 rows \(.+\)\. Trying again in 0\.05 s, from the start\.$/,
      ),
    ]);
  });

  it("gives up on a server that was killed half-way, and reads again from one that is back", async () => {
    used.proxy.after(HALF_WAY, () => used.server.signal("SIGKILL"));
    const before = cache();
    const { code, stdout, stderr } = await command();
    expect([code, cache()]).toEqual([1, before]);
    const again = /the connection was lost after .*\. Trying again in (\d) s, from 2018-.* on\.$/gm;
    expect(Array.from(stdout.matchAll(again), ([, wait]) => wait)).toEqual(["1", "2", "4", "8"]);
    expect(stderr).toMatch(
      /^MySQL \S+ database curriculum_logs cannot be read again \(after [\d,]+ rows\): .*\n$/,
    );
    await used.server.start();
    const expected = tables();
    // two may read at once
    const both = await Promise.all([command(), command()]);
    expect(both.map((outcome) => outcome.code)).toEqual([0, 0]);
    expect(tables()).toEqual(expected);
  });

  it("does not wait for a frozen server longer than the settings say", async () => {
    const frozen = { readTimeout: 1, connectTimeout: 1 };
    used.proxy.after(HALF_WAY, () => used.server.signal("SIGSTOP"));
    const notices: string[] = [];
    const options = { notice: (line: string) => notices.push(line), waits: [50, 50] };
    const error = await query(frozen, options).catch((thrown: Error) => thrown.message);
    // it takes connections, but does not greet
    const line = await fault(frozen);
    await used.server.signal("SIGCONT");
    expect(notices[0]).toMatch(
      /the server has sent nothing for 1 s\)\. Trying again in 0\.05 s, from /,
    );
    expect(error).toMatch(
      /^MySQL test cannot be read again .*: the connection was taken, but there was no greeting within 1 s\. It may be busy or stopped, or no MySQL server: check CURRICULUM_LOGS_HOST and CURRICULUM_LOGS_PORT, or allow more time in CURRICULUM_LOGS_CONNECT_TIMEOUT\./,
    );
    expect(line).toMatch(/ cannot be read: .* there was no greeting within 1 s\./);
  });

  it("does not ask a server again that is busy with the first answer", async () => {
    sql(`CREATE DATABASE slow; USE slow; ${COHORTS_TABLE} CREATE VIEW logs AS
SELECT l.* FROM curriculum_logs.logs l JOIN (SELECT SLEEP(5) AS s) pause;`);
    const notices: string[] = [];
    const options = { notice: (line: string) => notices.push(line) };
    await expect(query({ database: "slow", readTimeout: 1 }, options)).rejects.toThrow(
      "MySQL test cannot be read: the server has sent nothing for 1 s. It may be busy or stopped: try again, or allow more time in CURRICULUM_LOGS_READ_TIMEOUT.",
    );
    expect(notices).toEqual([]);
  });

  it("gives the same bytes after a kill at any moment", async () => {
    const percent = randomIntegers(7);
    const expected = tables();
    const began = performance.now();
    await command();
    const takes = performance.now() - began;
    for (let kill = 0; kill < (isFull ? 6 : 2); kill++) {
      const { child, ended } = start();
      await new Promise((done) => setTimeout(done, (takes * percent(20, 110)) / 100));
      child.kill("SIGKILL");
      await ended;
      expect(await command()).toMatchObject({ code: 0, stderr: "" });
      expect(tables()).toEqual(expected);
    }
  }, 300_000);

  it("says that what was read could not be kept, and tells it in the exit code", async () => {
    const elsewhere = join(folder, "elsewhere");
    mkdirSync(elsewhere);
    writeFileSync(join(elsewhere, "cache"), "a file in the folder's place");
    const { code, stdout, stderr } = await command({}, elsewhere);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^Not cached, as \S+ cannot be written \(.*\): what was there/m);
    expect(stderr).toMatch(/^not kept: \S+ cannot be written \(.*\)\n$/);
  });

  it("says its password to nobody", () => {
    const kept = readdirSync(join(data, "cache")).map((name) =>
      readFileSync(join(data, "cache", name), "latin1"),
    );
    const everything = [...everythingSaid, ...kept].join("\n");
    expect(everythingSaid.join("").length).toBeGreaterThan(2000);
    for (const secret of [PASSWORD, PASSWORD.replace("'", "\\'"), "wrong-8d1f"]) {
      expect(everything.includes(secret)).toBe(false);
    }
  });
});
