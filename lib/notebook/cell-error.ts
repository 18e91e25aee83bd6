import { PROJECT_ROOT } from "../keep/paths";
import { codeFrame, type FailurePlace } from "../kernel/cells/code-frame";

export interface CellErrorDetails {
  /** `error` is the cell's own; the others happened to it. */
  kind: "error" | "timeout" | "kernel-died" | "interrupted";
  notebook: string;
  cell: number;
  /** From 1, among the code cells. */
  codeCell: number;
  id: string;
  source: string;
  /** The error's class, or TypeScript's code (`TS2322`). */
  ename: string;
  evalue: string;
  traceback: string[];
  place?: FailurePlace;
  /** Numbers among all cells by the names in stack frames (`cell[3]`). */
  cellNumbers: Map<string, number>;
}

export class CellError extends Error {
  override name = "CellError";

  constructor(readonly details: CellErrorDetails) {
    super(details.evalue);
  }

  /** As tsc prints it: `notebooks/04.ipynb cell 5:3:14 - error TS2322: ...` and a frame of code. */
  format(): string {
    const { kind, notebook, cell, source, ename, evalue, traceback, place } = this.details;
    const at = place ? `${cell}:${place.line}:${place.column}` : `${cell}`;
    if (kind !== "error") return `${notebook} cell ${at} - ${evalue}`;
    if (/^TS\d+$/.test(ename)) {
      const text = traceback.join("\n").trimEnd();
      return text.replace(/^cell:(?=\d+:\d+ - error )/gm, () => `${notebook} cell ${cell}:`);
    }
    const picture = place ? `\n\n${codeFrame(source, place)}` : "";
    const stack = traceback.filter((line) => /^\s+(at |\[cause\])/.test(line));
    const frames = stack.length > 0 ? `\n\n${this.readable(stack.join("\n"))}` : "";
    return `${notebook} cell ${at} - ${ename}: ${evalue}${picture}${frames}`;
  }

  private readable(stack: string): string {
    const { cellNumbers } = this.details;
    return stack
      .replaceAll(`${PROJECT_ROOT}/`, "")
      .replaceAll(`${PROJECT_ROOT}\\`, "")
      .replace(/cell\[\d+\]/g, (name) =>
        cellNumbers.has(name) ? `cell ${cellNumbers.get(name)}` : name,
      );
  }
}
