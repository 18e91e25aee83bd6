import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type FuzzCase, fuzzCase } from "./fuzz-case";
import { readBoth, type Verdict } from "./read-both";
import { differenceInTables } from "./read-tables";

/** A table takes a hundred times as long as the reading of a small file, so few are made. */
const FILES_PER_TABLE = 200;

/** Writes the file of a seed to `dir` and reads it with the project's reader and the slow one. */
export async function trySeed(seed: number, dir: string): Promise<Verdict & { tried: FuzzCase }> {
  const tried = fuzzCase(seed);
  const { bytes, shape, isSetAside } = tried;
  const path = join(dir, `${shape}.txt`);
  writeFileSync(path, bytes);
  const outDir = join(dir, "out");
  const verdict = await readBoth(path, bytes, shape, isSetAside, outDir);
  if ("outcome" in verdict && seed % FILES_PER_TABLE === 0) {
    const onBadRows = isSetAside && shape !== "usage" ? "set-aside" : "error";
    const difference = await differenceInTables(path, bytes, shape, { onBadRows, outDir });
    rmSync(outDir, { recursive: true, force: true });
    if (difference) return { difference, tried };
  }
  return { ...verdict, tried };
}
