import { codeFrameColumns } from "@babel/code-frame";
import type { FailurePlace } from "./describe-error";

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
