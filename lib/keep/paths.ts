import { join, resolve } from "node:path";

export const PROJECT_ROOT = resolve(__dirname, "../..");
/** The user's files, and the caches made from them. */
export const DATA_DIR = join(PROJECT_ROOT, "data");
/** Safe to delete. */
export const CACHE_DIR = join(DATA_DIR, "cache");
export const OUT_DIR = join(PROJECT_ROOT, "out");
/** For what cells write: out/, or the folder of `npm start -- --out`. */
export const resultsDir = (): string => process.env.CURRICULUM_LOGS_OUT ?? OUT_DIR;
export const NOTEBOOKS_DIR = join(PROJECT_ROOT, "notebooks");
