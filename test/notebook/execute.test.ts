import { afterAll, afterEach, expect, it } from "vitest";
import { Kernel } from "../../lib/kernel/kernel";
import { type ExecuteOptions, type Execution, executeNotebook } from "../../lib/notebook/execute";
import type { Notebook, Output } from "../../lib/notebook/nbformat";
import { codeCell, codeCellsOf, FOR_EVER, markdownCell, notebookOf } from "../support/notebook";

const SHOWN_AS = "notebooks/a.ipynb";

// To check types takes a kernel seconds: one that does is shared, and those that end do not.
let shared: Promise<Kernel> | undefined;
const own: Kernel[] = [];
/** Prompt numbers that the shared kernel had given before the current test. */
let given = 0;
afterEach(() => Promise.all(own.splice(0).map((kernel) => kernel.shutdown())));
afterAll(async () => (await shared)?.shutdown());

async function run(notebook: Notebook, options: Partial<ExecuteOptions> = {}): Promise<Execution> {
  shared ??= Kernel.start();
  const kernel = await shared;
  given = Number((await kernel.execute("0")).content.execution_count);
  const result = await executeNotebook(notebook, kernel, { shownAs: SHOWN_AS, ...options });
  // The kernel aborts what comes right behind a failure.
  if (result.failure) await new Promise((resolve) => setTimeout(resolve, 250));
  return result;
}

async function runAndEnd(
  notebook: Notebook,
  options: Partial<ExecuteOptions> = {},
): Promise<Execution> {
  const kernel = await Kernel.start();
  own.push(kernel);
  given = 0;
  return executeNotebook(notebook, kernel, { shownAs: SHOWN_AS, ...options });
}

const outputsOf = ({ notebook }: Execution): Output[][] =>
  codeCellsOf(notebook).map((cell) => cell.outputs);
const countsOf = ({ notebook }: Execution) =>
  codeCellsOf(notebook).map(({ execution_count: count }) => count && count - given);
const stdout = (text: string) => ({ output_type: "stream", name: "stdout", text });

it("runs code cells in order, and keeps prose, outputs, prompt numbers and times", async () => {
  const seen: number[][] = [];
  const result = await run(
    notebookOf(markdownCell("# Title"), "const a = 1;", "console.log(a); console.log(a + 1)"),
    { onCell: (cell, cells) => seen.push([cell, cells]) },
  );
  expect(result).toMatchObject({ failure: undefined, cells: 2 });
  expect(seen.join(" ")).toBe("1,2 2,2");
  expect(countsOf(result)).toEqual([1, 2]);
  expect(outputsOf(result)).toEqual([[], [stdout("1\n2\n")]]);
  expect(result.notebook.cells[0]).toEqual(markdownCell("# Title"));
  const times = codeCellsOf(result.notebook)[1]?.metadata.execution as Record<string, string>;
  // The four times that nbclient writes.
  expect(Object.keys(times).sort().join(" ")).toBe(
    "iopub.execute_input iopub.status.busy iopub.status.idle shell.execute_reply",
  );
  expect(times["iopub.status.busy"]! <= times["iopub.status.idle"]!).toBe(true);
  expect(result.notebook.metadata.language_info).toMatchObject({ name: "typescript" });
});

it("joins text of one stream, keeps streams apart, and replaces displays that are updated", async () => {
  const result = await run(
    notebookOf(
      'import * as tslab from "tslab"; const d = tslab.newDisplay(); d.text("old");',
      'console.log("a"); console.error("b"); console.log("c"); d.text("new");',
    ),
  );
  expect(outputsOf(result)).toEqual([
    [{ output_type: "display_data", data: { "text/plain": "new" }, metadata: {} }],
    [stdout("a\n"), { output_type: "stream", name: "stderr", text: "b\n" }, stdout("c\n")],
  ]);
});

it("starts from a clean notebook: what an earlier run left is gone", async () => {
  const old = codeCell("1;\n", [], "old");
  old.outputs = [{ output_type: "stream", name: "stdout", text: "old" }];
  old.execution_count = 7;
  const result = await run(notebookOf(old, codeCell("  \n"), codeCell("0", ["skip-execution"])));
  expect(countsOf(result)).toEqual([1, null, null]);
  expect(old.execution_count).toBe(7);
});

it("points at a type error as tsc does, and leaves the cells behind it alone", async () => {
  const source = "const a = 1;\nconst b: { c: string } = { c: a };\nfoo();";
  const result = await run(notebookOf(markdownCell("x"), "1", source, "2"));
  const place = { line: 2, column: 28 };
  const at = { cell: 3, codeCell: 2, id: "cell-3", ename: "TS2322", place };
  expect(result.failure?.details).toMatchObject({ kind: "error", ...at });
  expect(`\n${result.failure?.format()}`).toBe(`
notebooks/a.ipynb cell 3:2:28 - error TS2322: Type 'number' is not assignable to type 'string'.

  1 | const a = 1;
> 2 | const b: { c: string } = { c: a };
    |                            ^
  3 | foo();

notebooks/a.ipynb cell 3:3:1 - error TS2304: Cannot find name 'foo'.

  1 | const a = 1;
  2 | const b: { c: string } = { c: a };
> 3 | foo();
    | ^^^`);
  expect(countsOf(result)).toEqual([1, 2, null]);
  expect(outputsOf(result)[1]).toMatchObject([{ output_type: "error", ename: "TS2322" }]);
});

it("points at the TypeScript that threw, through functions of other cells", async () => {
  const result = await run(
    notebookOf(
      'interface A {\n  x: number;\n}\nfunction boom(a: A): void {\n  throw new RangeError("x is " + a.x);\n}',
      markdownCell("between"),
      "// first\ntype B = A;\nconst b: B = { x: 3 };\nawait null; boom(b);",
    ),
  );
  expect(`\n${result.failure?.format()}`).toBe(`
notebooks/a.ipynb cell 3:4:13 - RangeError: x is 3

  2 | type B = A;
  3 | const b: B = { x: 3 };
> 4 | await null; boom(b);
    |             ^

    at boom (cell 1:5:9)
    at cell 3:4:13`);
  const error = { output_type: "error", ename: "RangeError", evalue: "x is 3" };
  expect(outputsOf(result)[1]).toMatchObject([error]);
});

it("shows where in the library a failure began", async () => {
  const source =
    'import { setParameters } from "./lib/notebook/parameters";\nsetParameters({ cells: [] } as any, { k: "1" });';
  expect((await run(notebookOf(source))).failure?.format()).toMatch(
    /cell 1:2:1 - ParameterError: there is no parameter k.*\n\n.*\n> 2 \|.*\n.*\n\n {4}at setParameters \(lib\/notebook\/parameters\.ts:\d+:\d+\)\n {4}at cell 1:2:1$/s,
  );
});

it("fails the cell whose promise nobody awaited", async () => {
  const lost = 'const p = Promise.reject(new Error("lost"));';
  const result = await run(notebookOf(lost, 'console.log("not reached")'));
  expect(result.failure?.details).toMatchObject({ cell: 1, evalue: "lost" });
  expect(countsOf(result)).toEqual([1, null]);
});

it("fails the run when a timer throws after its cell was done", async () => {
  const result = await run(
    notebookOf(
      // The timer waits for the second cell, however long that takes to come.
      `const timer = setInterval(() => {
          if (!("second" in globalThis)) return;
          clearInterval(timer);
          throw new Error("late");
        }, 5);
        0`,
      `(globalThis as any).second = true;
        await new Promise((resolve) => setTimeout(resolve, 200));`,
      'console.log("not reached")',
    ),
  );
  expect(result.failure?.details.evalue).toBe("late");
  expect(countsOf(result)).toEqual([1, 2, null]);
});

it("goes on after a cell that is tagged raises-exception", async () => {
  const meant = codeCell('throw new Error("meant")', ["raises-exception"]);
  const result = await run(notebookOf(meant, "console.log(1)"));
  expect(result.failure).toBeUndefined();
  expect(outputsOf(result)).toMatchObject([[{ output_type: "error" }], [stdout("1\n")]]);
});

it("ends a cell that runs too long, and keeps what it had printed", async () => {
  const cells = notebookOf("1", 'console.log("so far");', FOR_EVER);
  const result = await runAndEnd(cells, { timeout: 6 });
  expect(result.failure?.format()).toBe(
    "notebooks/a.ipynb cell 3 - ran longer than 6 s: raise it with --timeout",
  );
  expect(outputsOf(result)).toMatchObject([
    [stdout("1\n")],
    [stdout("so far\n")],
    [{ output_type: "error", ename: "TimeoutError" }],
  ]);
});

it("says how a kernel ended that died", async () => {
  const dying = 'process.kill(process.pid, "SIGKILL"); await new Promise(() => {});';
  const { failure } = await runAndEnd(notebookOf(dying));
  expect(failure?.format()).toBe("notebooks/a.ipynb cell 1 - the kernel was ended by SIGKILL");
});

it("stops when it is told to", async () => {
  const controller = new AbortController();
  const result = await runAndEnd(notebookOf("0", "await new Promise(() => {});"), {
    signal: controller.signal,
    onCell: (cell) => cell === 2 && setTimeout(() => controller.abort(), 100),
  });
  expect(result.failure?.details.kind).toBe("interrupted");
  expect(countsOf(result)).toEqual([1, null]);
});

it("runs on when files come and go in the project meanwhile", async () => {
  // tslab alone watches the folders where "./lib" could be, and then fails each cell with
  // "Unexpected pending rebuildTimer".
  const touch = `const fs = require("fs"), file = ".kernel-test-" + process.pid + ".ts";
      fs.writeFileSync(file, "");
      await new Promise((resolve) => setTimeout(resolve, 400));
      fs.rmSync(file);
      await new Promise((resolve) => setTimeout(resolve, 400));`;
  const use = ['import { formatCount } from "./lib";', touch, touch, "formatCount(1234)"];
  const result = await run(notebookOf(...use));
  expect(result.failure).toBeUndefined();
  expect(outputsOf(result)[3]).toEqual([stdout("1,234\n")]);
});
