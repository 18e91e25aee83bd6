import {
  type COHORTS,
  type DatabaseNames,
  LOGS,
  ownName,
  quotedName,
} from "../../keep/database-names";
import { COLUMNS } from "../../log/columns";
import { COHORT_FIELDS } from "../cohort-rows";
import { ACCESS_FIELDS } from "../read-access-fields";

/** Marks tables loaded from here: no other is ever dropped. */
export const MADE_HERE = "Loaded by curriculum-logs";

/** Keeps the order of rows; hidden from `SELECT *` where the server can. */
const ROW_KEY =
  "my_row_id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY /*!80023 INVISIBLE */ /*M!100303 INVISIBLE */";

/** Texts are compared byte by byte, and may be as long as the files' lines. */
const TYPES: Record<string, string> = {
  Date: "DATE",
  Time: "TIME",
  Datetime: "DATETIME(3)",
  String: "MEDIUMTEXT",
  Int64: "BIGINT",
};
const ALWAYS_THERE = ["date", "time", "user_id", "ip", "id"];

const OPTIONS = `ENGINE=InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT='${MADE_HERE}'`;

export function createTable(kind: typeof LOGS | typeof COHORTS, as: string, names: DatabaseNames) {
  const fields = kind === LOGS ? ACCESS_FIELDS : COHORT_FIELDS;
  const columns = fields.map((field) => {
    const type = field === "ip" ? "VARCHAR(64)" : TYPES[COLUMNS[field][0]];
    const rule = ALWAYS_THERE.includes(field) ? "NOT NULL" : "NULL";
    const key = field === "id" ? " PRIMARY KEY" : "";
    return `${quotedName(ownName(names, field))} ${type} ${rule}${key}`;
  });
  if (kind === LOGS) columns.push(ROW_KEY);
  return `CREATE TABLE ${quotedName(as)} (${columns.join(", ")}) ${OPTIONS}`;
}

/** Indexes for questions about days, users and cohorts; after the rows, when it is fastest. */
export function addIndexes(as: string, names: DatabaseNames) {
  const own = (field: string) => quotedName(ownName(names, field));
  const indexes = [`${own("date")}, ${own("time")}`, own("user_id"), own("cohort_id")];
  return `ALTER TABLE ${quotedName(as)} ${indexes.map((columns) => `ADD INDEX (${columns})`).join(", ")}`;
}
