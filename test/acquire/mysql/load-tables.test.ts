import pl from "nodejs-polars";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dropTables, loadTables } from "../../../lib/acquire/mysql/load-tables";
import { queryLogs } from "../../../lib/acquire/mysql/query-logs";
import { KNOWN_NAMES, problemInNames } from "../../../lib/keep/database-names";
import type { MysqlSettings } from "../../../lib/keep/settings";
import { sampleLogs } from "../../../lib/twin/sample-logs";
import { asPathRead, asStored, HOSTILE_STRINGS } from "../../support/hostile-strings";
import { hasMariaDb, type MariaDb, startMariaDb } from "../../support/mariadb";
import { addReader, readerSettings } from "../../support/reader";

describe.skipIf(!hasMariaDb)("loadTables on a real server (needs mariadb-server)", () => {
  let server: MariaDb;
  let settings: MysqlSettings;
  const sample = sampleLogs({ rows: 20_000, seed: 3 });

  beforeAll(async () => {
    server = await startMariaDb();
    addReader(server);
    settings = readerSettings(server);
  });
  afterAll(() => server?.stop());

  const query = (change: Partial<MysqlSettings> = {}) =>
    queryLogs({ ...settings, ...change }, "MySQL test", { notice: () => {}, live: () => {} });
  const load = (tables: { logs: pl.DataFrame; cohorts: pl.DataFrame }, change = {}) =>
    loadTables({ ...settings, ...change }, tables, "MySQL test");

  it("makes a database from which the same tables come back, in the same order", async () => {
    const seen: number[] = [];
    await loadTables(settings, sample, "MySQL test", { onProgress: (rows) => seen.push(rows) });
    expect(seen.at(-1)).toBe(20_000);
    expect(seen.length).toBeGreaterThan(1);
    const { tables } = await query();
    expect(tables.logs?.frameEqual(sample.logs)).toBe(true);
    expect(tables.cohorts?.frameEqual(sample.cohorts)).toBe(true);
    // the exercises' own query shows the fifteen columns of the school's tables
    const header = server
      .sql(
        "SELECT * FROM curriculum_logs.logs LEFT JOIN curriculum_logs.cohorts ON logs.cohort_id = cohorts.id LIMIT 1",
      )
      .split("\n")[0];
    expect(header?.split("\t")).toEqual([...sample.logs.columns, ...sample.cohorts.columns]);
  });

  it("overwrites nothing, and removes only what it made", async () => {
    await expect(load(sample)).rejects.toThrow(
      "MySQL test cannot be filled: it already has table logs. npm run db -- drop removes what was loaded before; or name another database in CURRICULUM_LOGS_DATABASE.",
    );
    server.sql(
      "CREATE DATABASE school; CREATE TABLE school.logs (a INT); INSERT INTO school.logs VALUES (1)",
    );
    const school = { ...settings, database: "school" };
    await expect(load(sample, school)).rejects.toThrow(
      "it already has table logs. It was not made here, so it stays; name another database in CURRICULUM_LOGS_DATABASE.",
    );
    await expect(dropTables(school, "MySQL test")).rejects.toThrow(
      "MySQL test is left as it is: table logs was not loaded from here.",
    );
    expect(server.sql("SELECT a FROM school.logs")).toContain("1");
    expect(await dropTables(settings, "MySQL test")).toEqual(["logs", "cohorts"]);
    expect(await dropTables(settings, "MySQL test")).toEqual([]);
    expect(server.sql("SHOW TABLES FROM curriculum_logs")).toBe("");
  });

  it("keeps any text, whatever a server would make of it in a statement", async () => {
    const texts = HOSTILE_STRINGS.map(({ text }) => asStored(text));
    const series = (name: string, values: (string | null)[]) => pl.Series(name, values, pl.String);
    const logs = sample.logs.head(texts.length + 1).withColumns(series("path", [...texts, null]));
    const cohorts = pl
      .concat(Array(8).fill(sample.cohorts))
      .head(texts.length)
      .withColumns(
        pl.Series("id", [...texts.keys()], pl.Int64),
        series("name", texts),
        series("slack", texts),
      );
    expect(cohorts.height).toBe(texts.length);
    await load({ logs, cohorts }, { database: "texts" });
    const { tables } = await query({ database: "texts" });
    const read = logs.withColumns(series("path", [...texts.map(asPathRead), null]));
    expect(tables.logs?.frameEqual(read)).toBe(true);
    expect(tables.cohorts?.frameEqual(cohorts)).toBe(true);
  });

  it("takes any name that a server takes, whatever it would be in a statement", async () => {
    const before = server.sql("SHOW TABLES FROM mysql");
    // a server takes no two columns of one table that differ in case alone
    const texts = HOSTILE_STRINGS.map(({ text }) => asStored(text));
    const fit = [...new Map(texts.map((text) => [text.toLowerCase(), text])).values()].filter(
      (text) => text.length < 50 && problemInNames({ logs: text }) === undefined,
    );
    expect(fit.length).toBeGreaterThan(100);
    const few = { logs: sample.logs.head(3), cohorts: sample.cohorts.head(3) };
    for (let from = 0; from < fit.length; from += KNOWN_NAMES.length) {
      const own = fit.slice(from, from + KNOWN_NAMES.length);
      const names = Object.fromEntries(own.map((name, at) => [KNOWN_NAMES[at], name]));
      const change = { database: own[0], names };
      await load(few, change);
      const { tables } = await query(change);
      expect(tables.logs?.frameEqual(few.logs), own.join()).toBe(true);
      expect(tables.cohorts?.frameEqual(few.cohorts), own.join()).toBe(true);
    }
    expect(server.sql("SHOW TABLES FROM mysql")).toBe(before);
  });

  it("leaves nothing behind when it is broken off or a row is refused, and cleans up after a kill", async () => {
    const change = { database: "broken" };
    const stopping = new AbortController();
    const stopped = loadTables({ ...settings, ...change }, sample, "MySQL test", {
      onProgress: () => stopping.abort(),
      signal: stopping.signal,
    });
    await expect(stopped).rejects.toThrow(/abort/i);
    expect(server.sql("SHOW TABLES FROM broken")).toBe("");
    const timeless = sample.logs.withColumns(pl.lit(null).cast(pl.Time).alias("time"));
    await expect(load({ ...sample, logs: timeless }, change)).rejects.toThrow(
      "MySQL test cannot be filled: Column 'time' cannot be null",
    );
    expect(server.sql("SHOW TABLES FROM broken")).toBe("");
    const twice = { ...sample, cohorts: pl.concat([sample.cohorts, sample.cohorts.head(1)]) };
    await expect(load(twice, change)).rejects.toThrow(
      /^MySQL test cannot be filled: Duplicate entry '\d+' for key 'PRIMARY'/,
    );
    expect(server.sql("SHOW TABLES FROM broken")).toBe("");
    server.sql("USE broken; CREATE TABLE logs_loading (a INT) COMMENT 'Loaded by curriculum-logs'");
    await load(sample, change);
    expect(server.sql("SHOW TABLES FROM broken").split("\n").slice(1, 3)).toEqual([
      "cohorts",
      "logs",
    ]);
  });

  it("removes what a broken load has left, and nobody else's table of that name", async () => {
    server.sql(`CREATE DATABASE left_over; USE left_over; CREATE TABLE cohorts_loading (a INT);
CREATE TABLE logs_loading (a INT) COMMENT 'Loaded by curriculum-logs'`);
    const change = { ...settings, database: "left_over" };
    expect(await dropTables(change, "MySQL test")).toEqual(["logs_loading"]);
    expect(server.sql("SHOW TABLES FROM left_over").split("\n")[1]).toBe("cohorts_loading");
  });

  it("says that the server was lost on the way, and fills when it is back", async () => {
    const change = { ...settings, database: "lost" };
    let killed: Promise<void> | undefined;
    const failed = loadTables(change, sample, "MySQL test", {
      onProgress: () => {
        killed ??= server.signal("SIGKILL");
      },
    });
    await expect(failed).rejects.toThrow(
      /^MySQL test cannot be filled: .*\. The connection broke: see whether the server runs, then try again\.$/,
    );
    await killed;
    await server.start();
    await load(sample, change);
    expect((await query({ database: "lost" })).tables.logs?.height).toBe(20_000);
  });

  it("removes nothing while somebody fills", async () => {
    const change = { ...settings, database: "busy" };
    let dropped: Promise<unknown> | undefined;
    await loadTables(change, sample, "MySQL test", {
      onProgress: () => {
        dropped ??= dropTables(change, "MySQL test").catch((error: Error) => error.message);
      },
    });
    expect(await dropped).toBe(
      "MySQL test cannot be emptied: somebody else is filling it. Wait until that is done.",
    );
    expect((await query({ database: "busy" })).tables.logs?.height).toBe(20_000);
  });

  it("lets one fill at a time", async () => {
    const both = await Promise.allSettled([
      load(sample, { database: "one" }),
      load(sample, { database: "one" }),
    ]);
    const refused = both.filter((each) => each.status === "rejected");
    expect(refused.map(({ reason }) => reason.message)).toEqual([
      "MySQL test cannot be filled: somebody else is filling it. Wait until that is done.",
    ]);
    expect((await query({ database: "one" })).tables.logs?.height).toBe(20_000);
  });

  it("needs the right to write", async () => {
    server.sql("CREATE USER guest@localhost; GRANT SELECT ON *.* TO guest@localhost");
    await expect(
      load(sample, { user: "guest", password: undefined, database: "two" }),
    ).rejects.toThrow(/^MySQL test cannot be filled: Access denied for user 'guest'/);
  });
});
