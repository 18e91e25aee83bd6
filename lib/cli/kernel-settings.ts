import { existsSync, realpathSync } from "node:fs";
import { resolve, sep } from "node:path";
import { NOTEBOOKS_DIR, PROJECT_ROOT } from "../keep/paths";
import { DATABASE_VARIABLES, READ_SINCE, readSettings, settingVariables } from "../keep/settings";
import type { Environment } from "../kernel/kernel-environment";
import { TAKES_TOLD } from "../tell/tell-run";
import type { RunOptions } from "./arguments";

/** Whether a notebook lies in the project's folder, and is no link to one elsewhere. */
export function isOwnNotebook(file: string, folder = NOTEBOOKS_DIR): boolean {
  return existsSync(folder) && realpathSync(file).startsWith(realpathSync(folder) + sep);
}

export function strangerNotice(shownAs: string, { source }: Pick<RunOptions, "source">): string {
  const database =
    source === "mysql"
      ? "--source mysql hands it the settings of the database, with the password"
      : "the settings of the database are not handed to it (--source mysql does)";
  return `${shownAs} is not one of this project's notebooks: it runs with your rights and can read your files, .env included; ${database}.`;
}

/**
 * Environment of a run's kernel. The database's settings are among them only for the project's own
 * notebooks where it is the source, and for others with `--source mysql`.
 *
 * @param began with `--refresh`, what was read before does not count
 * @throws {SettingsError} if a setting is wrong
 */
export function kernelSettings(
  options: RunOptions,
  { from, folder, isOwn, began }: { from: string; folder: string; isOwn: boolean; began: Date },
  { environment: outer = process.env as Environment, root = PROJECT_ROOT } = {},
): Environment {
  const { source, rows, seed, anomalies, data, onBadRows } = options;
  const asked: Environment = {
    CURRICULUM_LOGS_SOURCE: source,
    CURRICULUM_LOGS_ROWS: rows?.toString(),
    CURRICULUM_LOGS_SEED: seed?.toString(),
    CURRICULUM_LOGS_ANOMALIES: anomalies?.toString(),
    CURRICULUM_LOGS_ON_BAD_ROWS: onBadRows,
    CURRICULUM_LOGS_DATA: data === undefined ? undefined : resolve(from, data),
  };
  const environment = { ...outer };
  for (const [name, value] of Object.entries(asked)) environment[name] = value ?? outer[name];
  const settings = readSettings({ environment, root });
  const isFromDatabase = (settings.source ?? (settings.mysql && "mysql")) === "mysql";
  const variables: Environment = settingVariables({ environment, root });
  if (isOwn ? !isFromDatabase : source !== "mysql") {
    for (const name of DATABASE_VARIABLES) delete variables[name];
  }
  return {
    ...variables,
    CURRICULUM_LOGS_OUT: folder,
    [READ_SINCE]: options.refresh ? began.toISOString() : undefined,
    [TAKES_TOLD]: "yes",
  };
}
