import { resolve } from "node:path";
import { FULL_SIZE } from "../twin/frozen";
import { MOST_ROWS_WRITTEN, megabytes, writeSample } from "../twin/write-sample";
import { formatCount, formatPercent } from "../words/format-words";
import { visibleLines } from "../words/visible-text";
import { type SampleOptions, UsageError } from "./arguments";
import { shownPath } from "./choose-notebooks";
import type { Screen } from "./progress";
import type { RunSurroundings } from "./run";

const TO_LINE_START_AND_CLEAR = "\r\u001b[K";
/** As for a run of notebooks. */
const INTERRUPTED = 130;

/**
 * Writes the sample as files, and says on a terminal how far it is.
 *
 * @returns the exit code: 0, or 130 after an interruption, which leaves nothing behind
 * @throws {UsageError | SampleWriteError} where it cannot be done
 */
export async function sample(
  { rows = FULL_SIZE, seed = 1, to }: SampleOptions,
  { screen, errors, signal, from }: RunSurroundings,
): Promise<number> {
  if (rows > MOST_ROWS_WRITTEN) {
    throw new UsageError(`--rows takes at most ${MOST_ROWS_WRITTEN}, not "${rows}"`);
  }
  const start = performance.now();
  const folder = resolve(from, to);
  const onProgress = (made: number, written: number) => {
    const at = made < rows ? `making rows ${share(made, rows)}` : `writing ${share(written, rows)}`;
    drawLive(screen, `${at}  ${elapsed(start)}`);
  };
  try {
    drawLive(screen, "making rows");
    const { bytes } = await writeSample({ rows, seed, to: folder }, { onProgress, signal });
    clearLive(screen);
    const size = `${formatCount(rows)} ${rows === 1 ? "row" : "rows"}, ${megabytes(bytes)}`;
    screen.write(`Wrote ${size}, to ${visibleLines(shownPath(folder))} in ${elapsed(start)}\n`);
    return 0;
  } catch (error) {
    clearLive(screen);
    if (!signal.aborted) throw error;
    errors.write("interrupted\n");
    return INTERRUPTED;
  }
}

const share = (done: number, rows: number) => `${formatPercent(done / rows, 0)}`;

function drawLive(screen: Screen, text: string): void {
  // A longer line would wrap, and could not be taken back.
  const fits = text.slice(0, (screen.columns || 80) - 1);
  if (screen.isTTY) screen.write(TO_LINE_START_AND_CLEAR + fits);
}

function clearLive(screen: Screen): void {
  if (screen.isTTY) screen.write(TO_LINE_START_AND_CLEAR);
}

function elapsed(start: number): string {
  return `${((performance.now() - start) / 1000).toFixed(1)} s`;
}
