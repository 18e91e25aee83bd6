// Makes one cache entry over and over, each time with other tables, until it is killed
// or has done so as often as it was told. Given a moment as `renameSync 2`, it kills
// itself when it is about to make that call for the second time; a `writeSync` gets as
// far as half its bytes. Started by cache.test.ts.
import fs from "node:fs";
import pl from "nodejs-polars";
import { throughCache } from "../../lib/keep/cache";

const [dir = "", first = "0", times = "1000000", killAt = ""] = process.argv.slice(2);

function killMyselfAt(name: string, call: number): void {
  const calls = fs as unknown as Record<string, (...args: unknown[]) => unknown>;
  const original = calls[name] as (...args: unknown[]) => unknown;
  let made = 0;
  calls[name] = (...args) => {
    if (++made === call) {
      const [file, bytes] = args as [number, Uint8Array];
      if (name === "writeSync") original(file, bytes.subarray(0, bytes.length / 2));
      process.kill(process.pid, "SIGKILL");
    }
    return original(...args);
  };
}

/** Tables whose parts belong together: both have the same number in every row. */
function tables(number: number) {
  const column = pl.Series("number", new Int32Array(200_000).fill(number));
  const noise = pl.Series(
    "noise",
    Float64Array.from({ length: 200_000 }, () => Math.random()),
  );
  return {
    logs: pl.DataFrame({ number: column, noise }),
    cohorts: pl.DataFrame({ number: column.head(3) }),
  };
}

async function main(): Promise<void> {
  process.stdout.write("ready\n");
  // a message from the parent is the start signal
  await new Promise((go) => process.stdin.once("data", go));
  const [name = "", call = ""] = killAt.split(" ");
  if (name) killMyselfAt(name, Number(call));
  for (let time = 0; time < Number(times); time++) {
    const key = { source: "sample", parameters: { seed: 1 }, fingerprint: {} };
    const build = () => ({ tables: tables(Number(first) + time), notes: [] });
    await throughCache(key, build, {
      dir,
      refresh: true,
      notice: (line) => process.stdout.write(`${line}\n`),
    });
    if (time === 0) process.stdout.write("first\n");
  }
  process.exit(0);
}

void main();
