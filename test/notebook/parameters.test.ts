import { expect, it } from "vitest";
import { joinText } from "../../lib/notebook/nbformat";
import { parametersOf, setParameters, withParameterNote } from "../../lib/notebook/parameters";
import { codeCell, markdownCell, notebookOf } from "../support/notebook";

const SOURCE = [
  "// what to look for",
  "const k = 2; // standard deviations",
  "const span: number = 30",
  "let program: string | null = null;",
  "const cohort = 'Staff';",
  "const strict = false; /* or not */",
  "const eps = 1_5e-2;",
  "const later = new Date(2020, 1, 1);",
].join("\n");
const notebook = notebookOf(markdownCell("# Title"), codeCell(SOURCE, ["parameters"]), "k + 1");
const sourceWith = (settings: Record<string, string>) =>
  joinText(setParameters(notebook, settings).notebook.cells[1]!.source);

it("lists the literals assigned in the cell tagged parameters", () => {
  const values = { k: 2, span: 30, program: null, cohort: "Staff", strict: false, eps: 0.15 };
  const listed = Object.entries(values).map(([name, value]) => ({ name, value }));
  expect(parametersOf(notebook)).toEqual(listed);
  expect(parametersOf(notebookOf("const k = 2;"))).toEqual([]);
});

it.each([
  ["k", "3", "k = 2", "k = 3"],
  ["span", "7", "= 30", "= 7"],
  ["cohort", "Ada", "'Staff'", '"Ada"'],
  ["cohort", '"Ada"', "'Staff'", '"Ada"'],
  ["cohort", "12", "'Staff'", '"12"'],
  // it cannot end its literal
  ["cohort", 'a"; process.exit(); "b', "'Staff'", '"a\\"; process.exit(); \\"b"'],
  ["program", "3", "= null;", "= 3;"],
  ["program", "Web", "= null;", '= "Web";'],
])("replaces the value of %s alone: %s", (name, text, before, after) => {
  expect(sourceWith({ [name]: text })).toBe(SOURCE.replace(before, () => after));
  expect(joinText(notebook.cells[1]!.source)).toBe(SOURCE);
});

it.each([
  ["k", "three", 'parameter k is 2: expected a number, found "three"'],
  ["strict", "1", "expected a boolean"],
  ["k", "null", "expected a number"],
  ["k", "[1]", "expected a number"],
  ["K", "3", "there is no parameter K; there are: k = 2, span = 30"],
])("refuses an unknown name and a value of another kind: %s=%s", (name, text, message) => {
  expect(() => sourceWith({ [name]: text })).toThrow(message);
  expect(() => setParameters(notebookOf("1"), { k: "3" })).toThrow("the notebook has none");
});

it("says below the cell what was set and what the notebook has", () => {
  const { notebook: changed, set } = setParameters(notebook, { k: "3", cohort: "a`b" });
  const note = withParameterNote(changed, set).cells[2]!;
  expect(note.cell_type).toBe("markdown");
  expect(note.source).toBe(
    '> **Set for this run:** `k = 3` (the notebook has `2`), `` cohort = "a`b" `` (the notebook has `"Staff"`)',
  );
  expect(withParameterNote(notebook, [])).toBe(notebook);
});
