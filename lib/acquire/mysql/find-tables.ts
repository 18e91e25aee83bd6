import { COHORTS, type DatabaseNames, LOGS, ownName } from "../../keep/database-names";
import { SETTING_NAMES } from "../../keep/settings";
import { visibleText } from "../../words/visible-text";
import { COHORT_FIELDS } from "../cohort-rows";
import { ACCESS_FIELDS } from "../read-access-fields";
import type { DatabaseConnection } from "./connection";
import { DatabaseError } from "./database-error";

/** A table as the database has it. */
export interface FoundTable {
  name: string;
  /** Its columns' own names, in the order of `ACCESS_FIELDS` or `COHORT_FIELDS`. */
  columns: string[];
  /** Own names of the columns of its primary key, which may be none of those above; empty where there is no key. */
  key: string[];
  /** The key's one column where that holds integers. */
  integerKey?: string;
}

type Kind = "integer" | "text" | "day" | "clock" | "moment";

/** Types of MySQL and MariaDB whose values are of a kind; each value is still checked as it comes. */
const TYPES: Record<Kind, { words: string; types: string[] }> = {
  integer: {
    words: "an integer (INT or BIGINT)",
    types: ["tinyint", "smallint", "mediumint", "int", "bigint", "decimal", "float", "double"],
  },
  text: {
    words: "text (VARCHAR or TEXT)",
    types: [
      ...[
        "char",
        "varchar",
        "tinytext",
        "text",
        "mediumtext",
        "longtext",
        "enum",
        "inet4",
        "inet6",
      ],
      ...["binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob"],
    ],
  },
  day: { words: "DATE", types: ["date"] },
  clock: { words: "TIME", types: ["time"] },
  moment: { words: "DATETIME or TIMESTAMP", types: ["datetime", "timestamp", "date"] },
};

const KINDS: Record<string, Kind> = {
  date: "day",
  time: "clock",
  path: "text",
  user_id: "integer",
  cohort_id: "integer",
  ip: "text",
  id: "integer",
  name: "text",
  slack: "text",
  start_date: "day",
  end_date: "day",
  created_at: "moment",
  updated_at: "moment",
  deleted_at: "moment",
  program_id: "integer",
};

interface Column {
  table: string;
  name: string;
  type: string;
  isKey: boolean;
}

/**
 * Both tables as the database has them, before anything is read from them.
 *
 * @throws {DatabaseError} where a table or column is not there, which it also seems to be where
 *   the user may not read it, or is of another type
 */
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
  fields: readonly string[],
  names: DatabaseNames,
  place: string,
): FoundTable {
  const wanted = ownName(names, known);
  const tables = [...new Set(all.map(({ table }) => table))];
  const name = found(tables, wanted);
  if (name === undefined) {
    throw new DatabaseError(
      `${place} cannot be read: it has no table ${shown(wanted)} that this user may read; there ${list(tables)}. Check ${SETTING_NAMES.database} and the user's rights (SELECT), or say what the table is called in ${SETTING_NAMES.names}, as ${known}=access.`,
      "NO_TABLE",
    );
  }
  const own = all.filter(({ table }) => table === name);
  const columns = fields.map((field) => {
    const asked = ownName(names, field);
    const at = found(
      own.map((column) => column.name),
      asked,
    );
    if (at === undefined) {
      throw new DatabaseError(
        `${place} cannot be read: table ${shown(name)} has no column ${shown(asked)} that this user may read; there ${list(own.map((column) => column.name))}. Say what it is called in ${SETTING_NAMES.names}, as ${field}=student, or make a view with the columns ${fields.join(", ")}.`,
        "NO_COLUMN",
      );
    }
    const { type } = own.find((column) => column.name === at) as Column;
    const { words, types } = TYPES[KINDS[field] as Kind];
    if (!types.includes(type)) {
      throw new DatabaseError(
        `${place} cannot be read: column ${shown(at)} of table ${shown(name)} must be ${words}; found ${type.toUpperCase()}. Make a view that casts it, and say what the view is called in ${SETTING_NAMES.names}, as ${known}=my_view.`,
        "WRONG_TYPE",
      );
    }
    return at;
  });
  const key = own.filter(({ isKey }) => isKey);
  const integerKey = key.length === 1 && /int$/.test(key[0]?.type ?? "") ? key[0]?.name : undefined;
  return { name, columns, key: key.map((column) => column.name), integerKey };
}

/** A name as it is written there: MySQL compares columns, and on some systems tables, whatever their case. */
function found(there: readonly string[], wanted: string): string | undefined {
  if (there.includes(wanted)) return wanted;
  const alike = there.filter((name) => name.toLowerCase() === wanted.toLowerCase());
  return alike.length === 1 ? alike[0] : undefined;
}

const NAMES_TOLD = 20;

function list(names: readonly string[]): string {
  if (names.length === 0) return "is none";
  const told = names.slice(0, NAMES_TOLD).map(shown).join(", ");
  return `${names.length === 1 ? "is" : "are"} ${told}${names.length > NAMES_TOLD ? ", …" : ""}`;
}

function shown(name: string): string {
  return visibleText(name);
}
