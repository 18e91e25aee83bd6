/** Where a cell may begin: at the start of its text, and after what another spreadsheet splits at. */
const STARTS = String.raw`;|\t\n\v\f\r\x85\u2028\u2029`;
/** What nobody sees before the first character, and quotes, which a spreadsheet may take off. */
const UNSEEN = String.raw`["\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]`;
/** Formulas begin with these, also in their full-width and small forms. */
const SIGNS = String.raw`[=+\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b]`;

/** A number is no formula. */
export const NUMBER = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i;

/** The places in a text where a spreadsheet would see a formula begin. The page's script has the same. */
export const FORMULA = new RegExp(
  `^(?=[\\t\\r\\n])|(?<=^|[${STARTS}])(?=(?:(?![${STARTS}])${UNSEEN})*${SIGNS})`,
  "gu",
);

/**
 * Text with an apostrophe before what a spreadsheet would run, whatever it splits at: in a file whose
 * cells are split at `,`, a spreadsheet that splits at `;` takes `=1` of `1,"x;=1"` for a cell.
 *
 * @example
 * withoutFormula("=1+1"); // "'=1+1"
 */
export function withoutFormula(text: string): string {
  return NUMBER.test(text) ? text : text.replace(FORMULA, "'");
}
