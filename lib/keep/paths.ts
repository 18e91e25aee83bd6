import { join, resolve } from "node:path";

/** The project's folder: everything below is found from here, wherever a command was started. */
export const PROJECT_ROOT = resolve(__dirname, "../..");
/** What a user drops in, and the caches made from it. */
export const DATA_DIR = join(PROJECT_ROOT, "data");
/** Derived tables as Parquet; safe to delete. */
export const CACHE_DIR = join(DATA_DIR, "cache");
/** Where executed notebooks and pages go. */
export const OUT_DIR = join(PROJECT_ROOT, "out");
/** The same, or the folder that `npm start -- --out` names, for what cells write. */
export const resultsDir = (): string => process.env.CURRICULUM_LOGS_OUT ?? OUT_DIR;
/** The six notebooks as committed, without outputs. */
export const NOTEBOOKS_DIR = join(PROJECT_ROOT, "notebooks");
