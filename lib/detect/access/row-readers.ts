import type pl from "nodejs-polars";
import { type CodedColumn, codesOf } from "../../log/coded-column";
import { readerCurriculum } from "../../log/program-curriculum";
import { remembered } from "../../log/remembered";

/**
 * Which curriculum each row's student is enrolled in, as numbers; `STAFF` and `NEITHER` for
 * others. Shared among those who ask for the same log's: write into none of it.
 */
export function rowReaders(accessLog: pl.DataFrame): Uint8Array {
  return remembered(accessLog, ["program_id", "cohort_id"], "readers", () => readersOf(accessLog));
}

function readersOf(accessLog: pl.DataFrame): Uint8Array {
  const [cohort, program] = ["cohort_id", "program_id"].map((name) => codesOf(accessLog, name)) as [
    CodedColumn,
    CodedColumn,
  ];
  // No program or cohort has the id 0, which stands for none.
  const [cohorts, programs] = [cohort, program].map(({ values }) => [
    0,
    ...values.toArray().map(Number),
  ]) as [number[], number[]];
  const table = cohorts.map((cohortId) =>
    Uint8Array.from(programs, (programId) => readerCurriculum(programId, cohortId)),
  );
  const readers = new Uint8Array(cohort.codes.length);
  for (let row = 0; row < readers.length; row++) {
    readers[row] = table[cohort.codes[row]! + 1]![program.codes[row]! + 1]!;
  }
  return readers;
}
