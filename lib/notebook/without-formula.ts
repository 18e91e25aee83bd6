/** Where a cell may begin, also in spreadsheets that split elsewhere. */
const STARTS = String.raw`;|\t\n\v\f\r\x85\u2028\u2029`;
/** Invisible characters and quotes, which a spreadsheet may drop. */
const UNSEEN = String.raw`["\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]`;
/** Also in full-width and small forms. */
const SIGNS = String.raw`[=+\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b]`;

export const NUMBER = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i;

/** Where a spreadsheet would see a formula begin. page.js has the same. */
export const FORMULA = new RegExp(
  `^(?=[\\t\\r\\n])|(?<=^|[${STARTS}])(?=(?:(?![${STARTS}])${UNSEEN})*${SIGNS})`,
  "gu",
);

/**
 * Security: an apostrophe before what a spreadsheet would run, whatever it splits at.
 *
 * @example
 * withoutFormula("=1+1"); // "'=1+1"
 */
export function withoutFormula(text: string): string {
  return NUMBER.test(text) ? text : text.replace(FORMULA, "'");
}
