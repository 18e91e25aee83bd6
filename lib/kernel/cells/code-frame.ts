import { codeFrameColumns } from "@babel/code-frame";

/** A place in a cell, and where it ends if that is known. */
export interface FailurePlace {
  /** 1-based, in the cell's source. */
  line: number;
  column: number;
  endLine?: number;
  endColumn?: number;
}

/** A cell's lines around a place, with carets under it. */
export function codeFrame(source: string, place: FailurePlace): string {
  const end =
    place.endLine !== undefined ? { line: place.endLine, column: place.endColumn } : undefined;
  return codeFrameColumns(
    source,
    { start: { line: place.line, column: place.column }, end },
    { highlightCode: false, linesAbove: 2, linesBelow: 2 },
  );
}
