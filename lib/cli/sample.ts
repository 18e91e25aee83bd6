import { resolve } from "node:path";
import { shownPath } from "../keep/shown-text";
import { drawLine } from "../tell/show-live";
import { FULL_SIZE } from "../twin/frozen";
import { MOST_ROWS_WRITTEN, megabytes, writeSample } from "../twin/write-sample";
import { counted, formatPercent } from "../words/format-words";
import { visibleLines } from "../words/visible-text";
import { type SampleOptions, UsageError } from "./arguments";
import { EXIT, elapsed, type Surroundings } from "./surroundings";

/**
 * Writes the sample as files, and says on a terminal how far it is.
 *
 * @throws {UsageError | SampleWriteError} if it cannot be done
 */
export async function sample(
  { rows = FULL_SIZE, seed = 1, to }: SampleOptions,
  { screen, errors, signal, from }: Surroundings,
): Promise<number> {
  if (rows > MOST_ROWS_WRITTEN) {
    throw new UsageError(`--rows takes at most ${MOST_ROWS_WRITTEN}, not "${rows}"`);
  }
  const start = performance.now();
  const folder = resolve(from, to);
  const onProgress = (made: number, written: number) => {
    const [doing, done] = made < rows ? ["making rows", made] : ["writing", written];
    drawLine(screen, `${doing} ${formatPercent(done / rows, 0)}  ${elapsed(start)}`);
  };
  try {
    drawLine(screen, "making rows");
    const { bytes } = await writeSample({ rows, seed, to: folder }, { onProgress, signal });
    drawLine(screen, "");
    const size = `${counted(rows, "row")}, ${megabytes(bytes)}`;
    screen.write(`Wrote ${size}, to ${visibleLines(shownPath(folder))} in ${elapsed(start)}\n`);
    return EXIT.ok;
  } catch (error) {
    drawLine(screen, "");
    if (!signal.aborted) throw error;
    errors.write("interrupted\n");
    return EXIT.interrupted;
  }
}
