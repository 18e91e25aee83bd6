import pl from "nodejs-polars";
import { COHORT_ID, PROGRAM_ID } from "../../columns";
import { readerCurriculum } from "./program-curriculum";

// No program or cohort has this id.
const NONE = -1;

/** Which curriculum each row's student is enrolled in, as numbers; `STAFF` and `NEITHER` for others. */
export function rowReaders(accessLog: pl.DataFrame): Uint8Array {
  const ids = accessLog.select(
    ...[PROGRAM_ID, COHORT_ID].map((name) => pl.col(name).fillNull(pl.lit(NONE)).cast(pl.Int32)),
  );
  const programs = ids.getColumn(PROGRAM_ID).toTypedArray() as Int32Array;
  const cohorts = ids.getColumn(COHORT_ID).toTypedArray() as Int32Array;
  const readers = new Uint8Array(programs.length);
  for (let row = 0; row < readers.length; row++) {
    readers[row] = readerCurriculum(programs[row]!, cohorts[row]!);
  }
  return readers;
}
