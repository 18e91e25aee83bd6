import { isoDay } from "../../iso-day";
import type { AccessRows } from "../access-rows";
import type { DatabaseRow } from "./connection";
import type { FoundTable } from "./find-tables";
import { quotedName } from "./names";

/** In what order the rows of `logs` are asked for, and how reading goes on after a break. */
export interface ReadingOrder {
  /** What follows ORDER BY. */
  by: string;
  /** A column that is read behind the six of the log, if any. */
  extraColumn?: string;
  /** Whether rows of the same second come in another order the next time. */
  isArbitraryWithinSeconds: boolean;
  /** Takes note of a row that has come, with its extra column. */
  see(row: DatabaseRow): void;
  /**
   * Makes ready to go on after what is in `rows`, of which it may forget the last ones.
   *
   * @returns the condition that the rows still to come meet, and it in words; undefined where
   *   reading has to begin anew
   */
  goOn(rows: AccessRows): { condition: string; words: string } | undefined;
}

/** The order that costs the server least: its primary key's, where that is one whole number; else date and time. */
export function readingOrder(table: FoundTable): ReadingOrder {
  return table.integerKey === undefined ? byDateAndTime(table) : byKey(table.integerKey);
}

/** Rows come as they lie on the disk. The log is ordered by date and time when all are here. */
function byKey(column: string): ReadingOrder {
  const name = quotedName(column);
  let last: string | undefined;
  return {
    by: name,
    extraColumn: column,
    isArbitraryWithinSeconds: false,
    see: (row) => {
      last = String(row[6]);
    },
    goOn: () => {
      // digits only: it is put into a query
      if (last === undefined || !/^-?\d+$/.test(last)) return undefined;
      return { condition: `${name} > ${last}`, words: `${column} ${last}` };
    },
  };
}

function byDateAndTime(table: FoundTable): ReadingOrder {
  const [date, time] = table.columns.map(quotedName);
  return {
    by: [date, time, ...table.key.map(quotedName)].join(", "),
    isArbitraryWithinSeconds: table.key.length === 0,
    see: () => {},
    goOn: (rows) => {
      const from = rows.backToLastSecond();
      if (from === undefined) return undefined;
      const [day, clock] = [isoDay(from.day), clockText(from.second)];
      return {
        condition: `${date} > '${day}' OR (${date} = '${day}' AND ${time} >= '${clock}')`,
        words: `${day} ${clock}`,
      };
    },
  };
}

function clockText(second: number): string {
  return new Date(second * 1000).toISOString().slice(11, 19);
}
