import { describe, expect, it } from "vitest";
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

function sourceWith(settings: Record<string, string>): string {
  return joinText(setParameters(notebook, settings).notebook.cells[1]!.source);
}

describe("parametersOf", () => {
  it("lists the literals assigned in the cell tagged parameters", () => {
    expect(parametersOf(notebook)).toEqual([
      { name: "k", value: 2 },
      { name: "span", value: 30 },
      { name: "program", value: null },
      { name: "cohort", value: "Staff" },
      { name: "strict", value: false },
      { name: "eps", value: 0.15 },
    ]);
  });

  it("finds none where no cell is tagged", () => {
    expect(parametersOf(notebookOf("const k = 2;"))).toEqual([]);
  });
});

describe("setParameters", () => {
  it("replaces the value alone, and keeps type, comment and the other lines", () => {
    expect(sourceWith({ k: "3", span: "7" })).toBe(
      SOURCE.replace("k = 2", "k = 3").replace("= 30", "= 7"),
    );
  });

  it("takes text with or without quotes", () => {
    const expected = SOURCE.replace("'Staff'", '"Ada"');
    expect(sourceWith({ cohort: "Ada" })).toBe(expected);
    expect(sourceWith({ cohort: '"Ada"' })).toBe(expected);
    expect(sourceWith({ cohort: "12" })).toBe(SOURCE.replace("'Staff'", '"12"'));
  });

  it("writes text so that it cannot end its literal", () => {
    expect(sourceWith({ cohort: 'a"; process.exit(); "b' })).toContain(
      'const cohort = "a\\"; process.exit(); \\"b";',
    );
  });

  it("gives null any value, and takes null back where the type has it", () => {
    expect(sourceWith({ program: "3" })).toContain("= 3;");
    expect(sourceWith({ program: "Web" })).toContain('= "Web";');
  });

  it("refuses a value of another kind", () => {
    expect(() => sourceWith({ k: "three" })).toThrow(
      'parameter k is 2: expected a number, found "three"',
    );
    expect(() => sourceWith({ strict: "1" })).toThrow("expected a boolean");
    expect(() => sourceWith({ k: "null" })).toThrow("expected a number");
    expect(() => sourceWith({ k: "[1]" })).toThrow("expected a number");
  });

  it("names the parameters there are when one is unknown", () => {
    expect(() => sourceWith({ K: "3" })).toThrow(
      "there is no parameter K; there are: k = 2, span = 30",
    );
    expect(() => setParameters(notebookOf("1"), { k: "3" })).toThrow("the notebook has none");
  });

  it("leaves the notebook it was given alone", () => {
    sourceWith({ k: "3" });
    expect(joinText(notebook.cells[1]!.source)).toBe(SOURCE);
  });
});

describe("withParameterNote", () => {
  it("says below the cell what was set and what the notebook has", () => {
    const { notebook: changed, set } = setParameters(notebook, { k: "3", cohort: "a`b" });
    const note = withParameterNote(changed, set).cells[2]!;
    expect(note.cell_type).toBe("markdown");
    expect(note.source).toBe(
      '> **Set for this run:** `k = 3` (the notebook has `2`), ``` cohort = "a`b" ``` (the notebook has `"Staff"`)'.replaceAll(
        "```",
        "``",
      ),
    );
  });

  it("adds nothing where nothing was set", () => {
    expect(withParameterNote(notebook, [])).toBe(notebook);
  });
});
