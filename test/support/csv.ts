/**
 * The cells that a spreadsheet makes of CSV text when it splits at `separator`, which need not be
 * what the file was written with: then quotes that are not at a cell's start are no quotes.
 */
export function spreadsheetCells(text: string, separator: string): string[][] {
  const rows: string[][] = [[]];
  let cell = "";
  let state: "start" | "plain" | "quoted" = "start";
  const end = () => {
    rows.at(-1)?.push(cell);
    cell = "";
    state = "start";
  };
  for (let at = 0; at < text.length; at++) {
    const character = text[at] as string;
    if (state === "quoted") {
      if (character !== '"') cell += character;
      else if (text[at + 1] === '"') cell += text[++at];
      else state = "plain";
    } else if (character === separator) {
      end();
    } else if (character === "\n" || character === "\r") {
      if (character === "\r" && text[at + 1] === "\n") at++;
      end();
      rows.push([]);
    } else if (character === '"' && state === "start") {
      state = "quoted";
    } else {
      cell += character;
      state = "plain";
    }
  }
  end();
  return rows;
}

const UNSEEN = /^[\s\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]+/u;

/** Cells that a spreadsheet would run, or may. */
export function formulaCells(rows: string[][]): string[] {
  const isNumber = (cell: string) => /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(cell);
  const isFormula = (cell: string) =>
    /^[=+\-@\uff1d\uff0b\uff0d\uff20\ufe62\ufe63\ufe66\ufe6b]/.test(cell.replace(UNSEEN, ""));
  return rows.flat().filter((cell) => !isNumber(cell) && isFormula(cell));
}

const UNSEEN_FIRST = [
  ..."\u200b \ufeff \u00ad \u00a0 \u2003 \u3000 \u202e \u2066 \u061c \u0000 \u0007 \u001f \u0085 \u009b".split(
    " ",
  ),
  ..."\u3164 \u115f \u034f \ufe0f \u2800 \u{e0020} \u2028 \t \r \n \r\n \v \f".split(" "),
  ...["", " ", "  \u200b\u00a0", "\t\u200b"],
];
const BEFORE = ["", "x;", "x;;", "x\t", "x|", "x\n", "x\r", "x\r\n", "1;"].concat(
  'x;"',
  'x";"',
  '";',
  "x;\u200b;",
);
const FORMULAS = [
  ..."=1+1 +cmd -cmd @SUM(A1) \uff1d1 \uff0b1 \uff0d1 \uff201 \ufe661 \ufe6b1".split(" "),
  `=cmd|' /C calc'!A0`,
  '=HYPERLINK("https://example.org")',
];

/** Texts that a spreadsheet would run if they were written as they are. */
export const NASTY_TEXTS = BEFORE.flatMap((before) =>
  UNSEEN_FIRST.flatMap((unseen, at) =>
    // Each unseen character with one formula, and each formula with none.
    (unseen === "" ? FORMULAS : [FORMULAS[at % FORMULAS.length]]).map(
      (formula) => `${before}${unseen}${formula};y`,
    ),
  ),
);
