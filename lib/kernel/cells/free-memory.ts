import { setImmediate as nextTurn } from "node:timers/promises";
import v8 from "node:v8";
import vm from "node:vm";

/** Growth after which collecting is worth its tenth of a second. */
const STEP = 150_000_000;

let collect: (() => void) | undefined;
let before = 0;

/**
 * Frees what earlier cells no longer need. Polars' frames and typed arrays lie outside V8's heap: by
 * itself it sees no reason to collect the small objects that hold them.
 */
export async function freeMemory(): Promise<void> {
  if (process.memoryUsage.rss() < before + STEP) return;
  if (!collect) {
    v8.setFlagsFromString("--expose-gc");
    collect = vm.runInNewContext("gc") as () => void;
  }
  collect();
  // What held the memory gives it back in the next turn.
  await nextTurn();
  before = process.memoryUsage.rss();
}
