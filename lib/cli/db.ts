import { resolve } from "node:path";
import { acquireLogs } from "../acquire/acquire-logs";
import { mysqlPlace } from "../acquire/choose-source";
import { dropTables, loadTables } from "../acquire/mysql/load-tables";
import { readProgress } from "../acquire/mysql/read-progress";
import { readSettings, SettingsError, WHERE_TO_SET } from "../keep/settings";
import { showLive } from "../tell/show-live";
import { counted, formatCount } from "../words/format-words";
import { visibleLines, visibleText } from "../words/visible-text";
import type { DbOptions } from "./arguments";
import type { RunSurroundings } from "./run";

/** As for a run of notebooks. */
const INTERRUPTED = 130;

/**
 * Fills the database that the settings name, empties it, or reads it into the cache.
 *
 * @returns the exit code: 0; 1 where what was read could not be kept; 130 after an interruption
 * @throws {SettingsError | DatabaseError | DataFileError} where it cannot be done
 */
export async function db(options: DbOptions, around: RunSurroundings): Promise<number> {
  const { screen, errors } = around;
  const { mysql, missing } = readSettings();
  if (!mysql) throw new SettingsError(`MySQL needs ${missing.join(" and ")}. ${WHERE_TO_SET}.`);
  const place = mysqlPlace(mysql);
  const say = (text: string) => screen.write(`${visibleLines(text)}\n`);
  const start = performance.now();
  const seconds = () => (performance.now() - start) / 1000;

  if (options.action === "drop") {
    const dropped = await dropTables(mysql, place);
    const what =
      dropped.length > 0
        ? `removed ${dropped.map((name) => visibleText(name)).join(" and ")}`
        : "nothing to remove";
    say(`${place}: ${what}.`);
    return 0;
  }
  const dataDir = options.data === undefined ? undefined : resolve(around.from, options.data);
  if (options.action === "read") {
    const read = await acquireLogs({ source: "mysql", refresh: true, dataDir, notice: say });
    const took = seconds();
    say(
      `Read in ${took.toFixed(1)} s, ${formatCount(Math.round(read.logs.height / took))} rows a second; at most ${formatCount(Math.round(process.resourceUsage().maxRSS / 1024))} MB of memory.`,
    );
    if (read.notKept === undefined) return 0;
    errors.write(`not kept: ${visibleLines(read.notKept)}\n`);
    return 1;
  }
  const { rows, seed, source = dataDir === undefined ? "sample" : "files" } = options;
  const tables = await acquireLogs({ source, rows, seed, dataDir, notice: say });
  const onProgress = readProgress("Loading", tables.logs.height, place, showLive, { step: 1 });
  try {
    await loadTables(mysql, tables, place, { onProgress, signal: around.signal });
  } catch (error) {
    if (!around.signal.aborted) throw error;
    showLive("");
    errors.write("interrupted; nothing is left in the database\n");
    return INTERRUPTED;
  } finally {
    showLive("");
  }
  say(
    `${place}: loaded ${counted(tables.logs.height, "row")} and ${counted(tables.cohorts.height, "cohort")} in ${seconds().toFixed(1)} s.`,
  );
  return 0;
}
