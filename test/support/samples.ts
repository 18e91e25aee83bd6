import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deserialize, serialize } from "node:v8";
import pl from "nodejs-polars";
import { FULL_SIZE, type SampleRows } from "../../lib/acquire/sample/log-rows";
import { sampleLogs } from "../../lib/acquire/sample/sample-logs";
import { sampleRows } from "../../lib/acquire/sample/sample-rows";
import { once } from "./once";

// A sample of the whole log takes seconds to make, and many tests look at the same ones.

/** The rows of a whole log: what `sampleRows` gives for the seed. */
export function wholeRows(seed: number, anomalies = 0): SampleRows {
  const folder = once(`rows-${seed}-${anomalies}`, (made) => {
    writeFileSync(join(made, "rows"), serialize(sampleRows(FULL_SIZE, seed, anomalies)));
  });
  return deserialize(readFileSync(join(folder, "rows")));
}

const FRAMES = ["logs", "cohorts", "truth"] as const;
type Sample = ReturnType<typeof sampleLogs>;

/** The frames of a whole log: what `sampleLogs` gives for the seed. */
export function wholeSample(seed: number, anomalies = 0): Sample {
  const file = (folder: string, name: string) => join(folder, `${name}.parquet`);
  const folder = once(`sample-${seed}-${anomalies}`, (made) => {
    const sample = sampleLogs({ seed, anomalies });
    for (const name of FRAMES) sample[name].writeParquet(file(made, name));
  });
  const [logs, cohorts, truth] = FRAMES.map((name) => pl.readParquet(file(folder, name)));
  return { logs, cohorts, truth } as Sample;
}
