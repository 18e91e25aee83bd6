import { relative } from "node:path";
import * as ts from "@tslab/typescript-for-tslab";
import { expect, it } from "vitest";
import { PROJECT_ROOT } from "../lib/keep/paths";

it("compiles as notebooks compile it: an older TypeScript, not strict, the library's own typings", () => {
  // The options that tslab 1.0.22 gives its compiler on Node 18 and newer.
  const program = ts.createProgram([`${PROJECT_ROOT}/lib/index.ts`], {
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Node10,
    esModuleInterop: true,
    target: ts.ScriptTarget.ES2022,
    lib: ["lib.es2022.d.ts"],
    declaration: true,
    resolveJsonModule: true,
    skipLibCheck: true,
    noEmit: true,
    types: ["node"],
  });
  const problems = ts
    .getPreEmitDiagnostics(program)
    .filter(({ file }) => file && !relative(PROJECT_ROOT, file.fileName).startsWith("node_modules"))
    .map(({ file, start = 0, messageText }) => {
      const { line, character } = ts.getLineAndCharacterOfPosition(file as ts.SourceFile, start);
      const name = relative(PROJECT_ROOT, (file as ts.SourceFile).fileName);
      return `${name}:${line + 1}:${character + 1} ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
    });
  expect(problems).toEqual([]);
});
