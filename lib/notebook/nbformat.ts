/** The parts of Jupyter's notebook format 4.5 that this project reads and writes. */

/** Text as notebooks keep it: one string, or lines that each keep their line feed. */
export type MultilineText = string | string[];

/** A representation per MIME type, richest wins; JSON types hold objects, all others text. */
export type MimeBundle = Record<string, unknown>;

export interface StreamOutput {
  output_type: "stream";
  name: "stdout" | "stderr";
  text: MultilineText;
}

export interface DisplayOutput {
  output_type: "display_data";
  data: MimeBundle;
  metadata: Record<string, unknown>;
}

export interface ExecuteResultOutput {
  output_type: "execute_result";
  execution_count: number | null;
  data: MimeBundle;
  metadata: Record<string, unknown>;
}

export interface ErrorOutput {
  output_type: "error";
  ename: string;
  evalue: string;
  traceback: string[];
}

export type Output = StreamOutput | DisplayOutput | ExecuteResultOutput | ErrorOutput;

export interface CodeCell {
  cell_type: "code";
  id: string;
  metadata: Record<string, unknown> & { tags?: string[] };
  source: MultilineText;
  execution_count: number | null;
  outputs: Output[];
}

export interface TextCell {
  cell_type: "markdown" | "raw";
  id: string;
  metadata: Record<string, unknown> & { tags?: string[] };
  source: MultilineText;
}

export type Cell = CodeCell | TextCell;

export interface Notebook {
  nbformat: 4;
  nbformat_minor: 5;
  metadata: Record<string, unknown>;
  cells: Cell[];
}

/** A cell's source, or an output's text, as one string. */
export function joinText(text: MultilineText): string {
  return typeof text === "string" ? text : text.join("");
}
