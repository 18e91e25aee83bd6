import { COHORTS, type DatabaseNames, LOGS, ownName } from "../../keep/database-names";
import { SETTING_NAMES } from "../../keep/settings";
import { COLUMNS } from "../../log/columns";
import { visibleText } from "../../words/visible-text";
import { COHORT_FIELDS } from "../cohort-rows";
import { ACCESS_FIELDS } from "../read-access-fields";
import type { DatabaseConnection } from "./connection";
import { DatabaseError } from "./database-error";

export interface FoundTable {
  name: string;
  /** The database's names, in the order of `ACCESS_FIELDS` or `COHORT_FIELDS`. */
  columns: string[];
  /** Columns of its primary key. */
  key: string[];
  /** The key's only column, if of integers. */
  integerKey?: string;
}

/** MySQL's types that a column may have; each value is still checked. */
const TYPES: Record<string, [words: string, types: string]> = {
  Int64: [
    "an integer (INT or BIGINT)",
    "tinyint smallint mediumint int bigint decimal float double",
  ],
  String: [
    "text (VARCHAR or TEXT)",
    "char varchar tinytext text mediumtext longtext enum inet4 inet6 binary varbinary tinyblob blob mediumblob longblob",
  ],
  Date: ["DATE", "date"],
  Time: ["TIME", "time"],
  Datetime: ["DATETIME or TIMESTAMP", "datetime timestamp date"],
};

interface Column {
  table: string;
  name: string;
  type: string;
  isKey: boolean;
}

/** Both tables; an error for a missing table or column, or a wrong type. */
export async function findTables(
  connection: DatabaseConnection,
  names: DatabaseNames,
  place: string,
): Promise<{ logs: FoundTable; cohorts: FoundTable }> {
  const rows = await connection.rows(
    "SELECT table_name, column_name, data_type, column_key FROM information_schema.columns WHERE table_schema = DATABASE() ORDER BY table_name, ordinal_position",
  );
  const columns = rows.map(([table, name, type, key]) => ({
    table: String(table),
    name: String(name),
    type: String(type).toLowerCase(),
    isKey: key === "PRI",
  }));
  return {
    logs: findTable(columns, LOGS, ACCESS_FIELDS, names, place),
    cohorts: findTable(columns, COHORTS, COHORT_FIELDS, names, place),
  };
}

function findTable(
  all: readonly Column[],
  known: string,
  fields: typeof ACCESS_FIELDS | typeof COHORT_FIELDS,
  names: DatabaseNames,
  place: string,
): FoundTable {
  const fail = (code: string, what: string) =>
    new DatabaseError(`${place} cannot be read: ${what}`, code);
  const wanted = ownName(names, known);
  const tables = [...new Set(all.map(({ table }) => table))];
  const name = found(tables, wanted);
  if (name === undefined) {
    throw fail(
      "NO_TABLE",
      `it has no table ${visibleText(wanted)} that this user may read; there ${list(tables)}. Check ${SETTING_NAMES.database} and the user's rights (SELECT), or say what the table is called in ${SETTING_NAMES.names}, as ${known}=access.`,
    );
  }
  const own = all.filter(({ table }) => table === name);
  const ownNames = own.map((column) => column.name);
  const columns = fields.map((field) => {
    const asked = ownName(names, field);
    const column = found(ownNames, asked);
    if (column === undefined) {
      throw fail(
        "NO_COLUMN",
        `table ${visibleText(name)} has no column ${visibleText(asked)} that this user may read; there ${list(ownNames)}. Say what it is called in ${SETTING_NAMES.names}, as ${field}=student, or make a view with the columns ${fields.join(", ")}.`,
      );
    }
    const type = own[ownNames.indexOf(column)]?.type ?? "";
    const [words, types] = TYPES[COLUMNS[field][0]] as [string, string];
    if (!types.split(" ").includes(type)) {
      throw fail(
        "WRONG_TYPE",
        `column ${visibleText(column)} of table ${visibleText(name)} must be ${words}; found ${type.toUpperCase()}. Make a view that casts it, and say what the view is called in ${SETTING_NAMES.names}, as ${known}=my_view.`,
      );
    }
    return column;
  });
  const key = own.filter(({ isKey }) => isKey);
  const integerKey = key.length === 1 && /int$/.test(key[0]?.type ?? "") ? key[0]?.name : undefined;
  return { name, columns, key: key.map((column) => column.name), integerKey };
}

/** MySQL ignores the case of columns and, on some systems, of tables. */
function found(there: readonly string[], wanted: string): string | undefined {
  if (there.includes(wanted)) return wanted;
  const alike = there.filter((name) => name.toLowerCase() === wanted.toLowerCase());
  return alike.length === 1 ? alike[0] : undefined;
}

const NAMES_TOLD = 20;

function list(names: readonly string[]): string {
  if (names.length === 0) return "is none";
  const told = names.slice(0, NAMES_TOLD).map((name) => visibleText(name));
  const more = names.length > NAMES_TOLD ? ", …" : "";
  return `${names.length === 1 ? "is" : "are"} ${told.join(", ")}${more}`;
}
