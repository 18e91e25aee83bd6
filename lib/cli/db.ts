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
import { EXIT, elapsed, type Surroundings } from "./surroundings";

/**
 * Fills the settings' database, empties it, or reads it into the cache.
 *
 * @returns the exit code; 1 where what was read could not be kept
 * @throws {SettingsError | DatabaseError | DataFileError} if it cannot be done
 */
export async function db(options: DbOptions, around: Surroundings): Promise<number> {
  const { screen, errors, signal, from } = around;
  const { mysql, missing } = readSettings();
  if (!mysql) throw new SettingsError(`MySQL needs ${missing.join(" and ")}. ${WHERE_TO_SET}.`);
  const place = mysqlPlace(mysql);
  const notice = (text: string) => void screen.write(`${visibleLines(text)}\n`);
  const start = performance.now();
  const dataDir = options.data === undefined ? undefined : resolve(from, options.data);

  if (options.action === "drop") {
    const names = (await dropTables(mysql, place)).map((name) => visibleText(name));
    const what = names.length > 0 ? `removed ${names.join(" and ")}` : "nothing to remove";
    notice(`${place}: ${what}.`);
    return EXIT.ok;
  }
  if (options.action === "read") {
    const read = await acquireLogs({ source: "mysql", refresh: true, dataDir, notice });
    const speed = read.logs.height / ((performance.now() - start) / 1000);
    const memory = process.resourceUsage().maxRSS / 1024;
    notice(
      `Read in ${elapsed(start)}, ${formatCount(Math.round(speed))} rows a second; at most ${formatCount(Math.round(memory))} MB of memory.`,
    );
    if (read.notKept === undefined) return EXIT.ok;
    errors.write(`not kept: ${visibleLines(read.notKept)}\n`);
    return EXIT.failed;
  }
  const { rows, seed, source = dataDir === undefined ? "sample" : "files" } = options;
  const tables = await acquireLogs({ source, rows, seed, dataDir, notice });
  const onProgress = readProgress("Loading", tables.logs.height, place, showLive, { step: 1 });
  try {
    await loadTables(mysql, tables, place, { onProgress, signal });
  } catch (error) {
    if (!signal.aborted) throw error;
    showLive("");
    errors.write("interrupted; nothing is left in the database\n");
    return EXIT.interrupted;
  } finally {
    showLive("");
  }
  notice(
    `${place}: loaded ${counted(tables.logs.height, "row")} and ${counted(tables.cohorts.height, "cohort")} in ${elapsed(start)}.`,
  );
  return EXIT.ok;
}
