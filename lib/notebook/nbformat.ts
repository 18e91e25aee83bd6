/** The parts of Jupyter's notebook format 4.5 that this project reads and writes. */
import type { DisplayBundle } from "../tell/display";

/** One string, or lines with their line feeds. */
export type MultilineText = string | string[];

/** Forms by MIME type. */
export type MimeBundle = DisplayBundle["data"];

export interface DisplayOutput extends DisplayBundle {
  output_type: "display_data";
}

export type Output =
  | DisplayOutput
  | (DisplayBundle & { output_type: "execute_result"; execution_count: number | null })
  | { output_type: "stream"; name: "stdout" | "stderr"; text: MultilineText }
  | { output_type: "error"; ename: string; evalue: string; traceback: string[] };

interface AnyCell {
  id: string;
  metadata: Record<string, unknown> & { tags?: string[] };
  source: MultilineText;
}

export interface CodeCell extends AnyCell {
  cell_type: "code";
  execution_count: number | null;
  outputs: Output[];
}

export interface TextCell extends AnyCell {
  cell_type: "markdown" | "raw";
}

export type Cell = CodeCell | TextCell;

export interface Notebook {
  nbformat: 4;
  nbformat_minor: 5;
  metadata: Record<string, unknown>;
  cells: Cell[];
}

export function joinText(text: MultilineText): string {
  return typeof text === "string" ? text : text.join("");
}

export function hasTag(cell: Cell, tag: string): boolean {
  return cell.metadata?.tags?.includes(tag) ?? false;
}

/** As in `"curriculum_logs": { "claims": "required" }`. */
export function projectSettings({ metadata }: Notebook): { claims?: unknown; layout?: unknown } {
  return (metadata.curriculum_logs ?? {}) as { claims?: unknown; layout?: unknown };
}

/** The sources of the code cells that a run executes. */
export function codeOf({ cells }: Notebook): string[] {
  return cells
    .filter((cell) => cell.cell_type === "code" && !hasTag(cell, "skip-execution"))
    .map(({ source }) => joinText(source))
    .filter((source) => source.trim() !== "");
}
