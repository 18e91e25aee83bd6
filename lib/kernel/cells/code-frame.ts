import { codeFrameColumns } from "@babel/code-frame";

/** 1-based, in a cell's source. */
export interface FailurePlace {
  line: number;
  column: number;
  endLine?: number;
  endColumn?: number;
}

export function codeFrame(source: string, place: FailurePlace): string {
  const { line, column, endLine, endColumn } = place;
  const end = endLine === undefined ? undefined : { line: endLine, column: endColumn };
  const options = { highlightCode: false, linesAbove: 2, linesBelow: 2 };
  return codeFrameColumns(source, { start: { line, column }, end }, options);
}
