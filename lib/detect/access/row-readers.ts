import type pl from "nodejs-polars";
import { COHORT_ID, PROGRAM_ID } from "../../columns";
import { int32Or0 } from "../../typed-arrays";
import { readerCurriculum } from "./program-curriculum";

/** Which curriculum each row's student is enrolled in, as numbers; `STAFF` and `NEITHER` for others. */
export function rowReaders(accessLog: pl.DataFrame): Uint8Array {
  // No program or cohort has the id 0, which stands for none.
  const programs = int32Or0(accessLog, PROGRAM_ID);
  const cohorts = int32Or0(accessLog, COHORT_ID);
  const readers = new Uint8Array(programs.length);
  let [program, cohort, reader] = [-1, -1, 0];
  for (let row = 0; row < readers.length; row++) {
    // Rows of one class follow each other as a rule.
    if (programs[row] !== program || cohorts[row] !== cohort) {
      [program, cohort] = [programs[row]!, cohorts[row]!];
      reader = readerCurriculum(program, cohort);
    }
    readers[row] = reader;
  }
  return readers;
}
