import type { CodeCell, Output } from "../../lib/notebook/nbformat";
import type { DisplayBundle } from "../../lib/tell/display";
import { codeCell } from "../support/notebook";

/** What a cell displayed, as an output. */
export function displayed(data: DisplayBundle["data"], metadata = {}): Output {
  return { output_type: "display_data", data, metadata };
}

/** A cell that ran and displayed these. */
export function ranCell(
  id: string,
  tags: string[],
  ...shown: (Output | DisplayBundle)[]
): CodeCell {
  const outputs = shown.map((each) =>
    "output_type" in each ? each : displayed(each.data, each.metadata),
  );
  return { ...codeCell(`show(${id});`, tags, id), execution_count: 1, outputs };
}
