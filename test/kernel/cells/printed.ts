import type { Kernel } from "../../../lib/kernel/kernel";
import { executeNotebook } from "../../../lib/notebook/execute";
import { joinText } from "../../../lib/notebook/nbformat";
import { codeCellsOf, notebookOf } from "../../support/notebook";

/** What cells print in a kernel, and how they fail. */
export async function printedBy(kernel: Kernel, ...sources: string[]) {
  const run = await executeNotebook(notebookOf(...sources), kernel, { shownAs: "a.ipynb" });
  const texts = codeCellsOf(run.notebook)
    .flatMap((cell) => cell.outputs)
    .flatMap((output) => (output.output_type === "stream" ? [joinText(output.text)] : []));
  return { printed: texts.join(""), failure: run.failure };
}
