import { shownText } from "./shown-text";

/** The database's own names of tables and columns: `{ logs: "access", user_id: "student" }`. */
export type DatabaseNames = Partial<Record<string, string>>;

export const LOGS = "logs";
export const COHORTS = "cohorts";

export const KNOWN_NAMES: readonly string[] = [
  ...[LOGS, "date", "time", "path", "user_id", "cohort_id", "ip"],
  ...[COHORTS, "id", "name", "slack", "start_date", "end_date"],
  ...["created_at", "updated_at", "deleted_at", "program_id"],
];

const LONGEST_NAME = 64;

/** What is wrong with the names; undefined where nothing is. */
export function problemInNames(names: DatabaseNames): string | undefined {
  for (const [known, own = ""] of Object.entries(names)) {
    if (!KNOWN_NAMES.includes(known)) {
      return `there is no table or column ${shownText(known)} to be renamed; there are ${KNOWN_NAMES.join(", ")}`;
    }
    if (
      own === "" ||
      Array.from(own).length > LONGEST_NAME ||
      /[\0\u{10000}-\u{10ffff}]| $/u.test(own)
    ) {
      return `${known} cannot be called ${shownText(own)}: a name has 1 to ${LONGEST_NAME} characters, no NUL and no space at its end`;
    }
    // security: a column of such a name would spoil objects
    if (own in {}) {
      return `${known} cannot be called ${shownText(own)}: make a view that calls it otherwise`;
    }
  }
  return undefined;
}

export function ownName(names: DatabaseNames, known: string): string {
  return names[known] ?? known;
}

/** A name as it stands in a query: in backticks, those inside it doubled. */
export function quotedName(name: string): string {
  return `\`${name.replaceAll("`", "``")}\``;
}
