import { quotedName } from "../../keep/database-names";
import type { DatabaseRow } from "./connection";
import { codedError } from "./database-error";
import type { FoundTable } from "./find-tables";
import { PAGE_ROWS, type Pages } from "./pages";

type Key = DatabaseRow[number] | undefined;

/** Pages in the order of an integer key, as rows lie on the disk. */
export function keyPages(table: FoundTable, column: string): Pages {
  const name = quotedName(column);
  let end: string | undefined;
  let last: Key;
  let before: Key = null;
  return {
    by: name,
    extraColumn: column,
    isArbitraryWithinSeconds: false,
    count: async (connection) => {
      const [[count = 0, largest = null] = []] = await connection.rows(
        `SELECT COUNT(*), MAX(${name}) FROM ${quotedName(table.name)}`,
      );
      if (largest !== null) end = digits(largest);
      return Number(count);
    },
    range: () => (end === undefined ? "FALSE" : `${name} <= ${end}`),
    next: () => {
      const isLast = last === before || (last !== undefined && digits(last) === end);
      if (end === undefined || isLast) return undefined;
      before = last;
      const from = last === undefined ? "" : `${name} > ${digits(last)} AND `;
      return { where: `${from}${name} <= ${end}`, limit: PAGE_ROWS, most: PAGE_ROWS };
    },
    see: (row) => {
      const key = row.at(-1);
      if (last !== undefined && !isAbove(key, last)) throw notAKey(key);
      last = key;
    },
    goOn: () => {
      // the rest of the page is asked for even if there is none
      before = null;
      return last === undefined ? undefined : `${column} ${digits(last)}`;
    },
  };
}

function isAbove(key: Key, other: Key): boolean {
  if (typeof key === "number" && typeof other === "number") return key > other;
  return BigInt(digits(key)) > BigInt(digits(other));
}

/** A key for a query: digits only. */
function digits(key: Key): string {
  const text = String(key);
  if (!/^-?\d{1,20}$/.test(text)) throw notAKey(key);
  return text;
}

/** A key that does not grow would be asked for without end. */
function notAKey(key: Key): Error {
  const shown = String(key).slice(0, 30);
  return codedError("NO_ORDER", `the server sent rows out of the order of their key (${shown})`);
}
