import { counted, formatCount } from "../../words/format-words";
import { visibleText } from "../../words/visible-text";
import { DatabaseError } from "./database-error";

/** An answer that is a part of a table would pass for the whole. */
export function tooFewRows(
  place: string,
  table: string,
  read: number,
  there: number,
): DatabaseError {
  return new DatabaseError(
    `${place} cannot be read: of ${counted(there, "row")} in table ${visibleText(table)} only ${formatCount(read)} came. Something cuts answers short: a view, a limit or a proxy. Nothing was kept; ask the server's administrator.`,
    "TOO_FEW_ROWS",
  );
}
