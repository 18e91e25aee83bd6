import { expect, it } from "vitest";
import { Progress } from "../../lib/cli/progress";
import { visibleLines } from "../../lib/words/visible-text";

const CLEARED = "\r\u001b[K";

function screen(isTTY: boolean, columns = 80) {
  const written: string[] = [];
  return { isTTY, columns, written, write: (text: string) => written.push(text) };
}

it("writes a plain line per notebook where there is no terminal", () => {
  const file = screen(false);
  const progress = new Progress(file, ["01-a", "02-longer"]);
  const { onCell, onLive } = progress.begin(0);
  onCell(1, 3);
  onLive("Reading");
  progress.end(0, "3 cells  0.1 s");
  progress.clear();
  expect(file.written).toEqual(["[1/2] 01-a       3 cells  0.1 s\n"]);
});

it("draws one live line on a terminal, as wide as that, and takes it away", () => {
  const terminal = screen(true, 24);
  const progress = new Progress(terminal, ["01-a"]);
  progress.begin(0).onCell(2, 3);
  progress.end(0, "3 cells");
  expect(terminal.written).toEqual([
    `${CLEARED}[1/1] 01-a  starting  0`,
    `${CLEARED}[1/1] 01-a  cell 2 of 3`,
    CLEARED,
    "[1/1] 01-a  3 cells\n",
  ]);
});

it("shows what a cell says until the next one, with nothing that moves a cursor", () => {
  const terminal = screen(true);
  const { onCell, onLive } = new Progress(terminal, ["01-a"]).begin(0);
  onCell(2, 3);
  onLive("Reading x: 9 of 10 rows\u001b[2J");
  const line = terminal.written.at(-1)?.replace(/\d\.\d s/, "0.0 s");
  const said = "Reading x: 9 of 10 rows\\u001b[2J";
  expect(line).toBe(`${CLEARED}[1/1] 01-a  cell 2 of 3  0.0 s  ${said}`);
  onCell(3, 3);
  expect(terminal.written.at(-1)).not.toContain("Reading");
});

it("lets a line of its own stand above the live one, which is drawn again below", () => {
  const terminal = screen(true);
  const progress = new Progress(terminal, ["01-a"]);
  progress.begin(0).onCell(2, 3);
  const before = terminal.written.length;
  progress.say("Warning: old");
  const [cleared, line, drawn] = terminal.written.slice(before);
  expect([cleared, line]).toEqual([CLEARED, "Warning: old\n"]);
  expect(drawn).toContain("cell 2 of 3");
  progress.end(0, "3 cells");
  const ended = terminal.written.length;
  progress.say("late");
  expect(terminal.written.slice(ended)).toEqual([CLEARED, "late\n"]);
});

it("keeps lines, and lets nothing move the cursor or turn the text", () => {
  expect(visibleLines("a\r\n\tb\n\u001b[2Jc\rd\u202ee\u0007")).toBe(
    "a\n    b\n\\u001b[2Jc\\rd\\u202ee\\u0007",
  );
});

it("says how long is left, from what the notebooks took the last time, above five seconds", () => {
  const terminal = screen(true, 120);
  const lastLine = () => terminal.written.at(-1) ?? "";
  const progress = new Progress(terminal, ["01-a", "02-b", "03-c"], [4, 10.5, 8]);
  progress.begin(0);
  expect(lastLine()).toContain("about 23 s left   [1/3] 01-a  starting");
  progress.begin(1);
  expect(lastLine()).toContain("about 12 s left   [1/3] 01-a  starting  0.0 s   [2/3] 02-b");
  progress.end(1, "1 cell");
  progress.end(2, "1 cell  unchanged");
  expect(lastLine()).not.toContain("left");
  const unknown = new Progress(terminal, ["01-a", "02-b"], [40, undefined]);
  unknown.begin(0);
  expect(lastLine()).not.toContain("left");
});
