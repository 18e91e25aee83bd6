import { isUtf8 } from "node:buffer";
import type { AccessRows } from "../access-rows";
import type { FieldProblem } from "../data-file-error";
import { ACCESS_FIELDS, accessFieldReader } from "../read-access-fields";
import { emptyRecord } from "../scan-records";
import type { DatabaseRow } from "./connection";

type Value = DatabaseRow[number];

const [TIME, PATH] = [ACCESS_FIELDS.indexOf("time"), ACCESS_FIELDS.indexOf("path")];

export const EXPECTED_UTF8 = "text in UTF-8";

/** Takes a row of table `logs` into `rows`, or says what is wrong with it, as of a file's line. */
export function logRowReader(rows: AccessRows): (row: DatabaseRow) => FieldProblem | undefined {
  const read = accessFieldReader(rows);
  const record = emptyRecord();

  /** Writes a field behind the others; gives its end. */
  function write(value: Value, start: number): number {
    const content = Buffer.isBuffer(value) ? value : String(value ?? "");
    const end = start + 3 * content.length;
    if (end > record.bytes.length) {
      record.bytes = Buffer.concat([record.bytes.subarray(0, start), Buffer.alloc(end)]);
    }
    if (typeof content !== "string") return start + content.copy(record.bytes, start);
    // calls out of JavaScript, one for each short field, would take twice as long
    for (let at = 0; at < content.length; at++) {
      const code = content.charCodeAt(at);
      if (code > 0x7f) return start + record.bytes.write(content, start);
      record.bytes[start + at] = code;
    }
    return start + content.length;
  }

  return (row) => {
    let end = 0;
    for (const at of ACCESS_FIELDS.keys()) {
      const value = row[at] ?? null;
      record.starts[at] = end;
      end = write(at === TIME ? withoutZeros(value) : value, end);
      record.ends[at] = end;
    }
    const path = row[PATH] ?? null;
    const problem =
      textOf(path) === undefined
        ? { field: "path", expected: EXPECTED_UTF8, found: "" }
        : read(record, 0);
    if (problem === undefined) return undefined;
    const at = (ACCESS_FIELDS as readonly string[]).indexOf(problem.field);
    return { ...problem, found: shownValue(row[at] ?? null) };
  };
}

/** A TIME(6) has them. */
function withoutZeros(time: Value): Value {
  return typeof time === "string" && time.includes(".") ? time.replace(/\.0+$/, "") : time;
}

/** Empty for NULL, undefined for bytes that are not UTF-8. */
export function textOf(value: Value): string | undefined {
  if (!Buffer.isBuffer(value)) return value === null ? "" : String(value);
  return isUtf8(value) ? value.toString() : undefined;
}

export function shownValue(value: Value): string {
  return textOf(value) ?? `bytes ${(value as Buffer).toString("hex")}`;
}
