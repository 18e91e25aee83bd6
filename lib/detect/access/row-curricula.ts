import pl from "nodejs-polars";
import { codesOf } from "../../log/coded-column";
import type { Column } from "../../log/columns";
import {
  CURRICULUM_NAMES,
  DATA,
  NEITHER,
  readerCurriculum,
  STAFF,
  WEB,
} from "../../log/program-curriculum";
import { PROGRAMS, STAFF_COHORT_ID } from "../../log/programs";
import { requireColumns } from "../../log/require-columns";
import { typedColumns } from "../../log/typed-columns";
import { where } from "../../log/where";

/** Curriculum in which a row's student is enrolled; `STAFF` or `NEITHER` for all others. */
export function reader(): pl.Expr {
  const program = pl.col("program_id");
  const programsOf = (curriculum: number) =>
    [...PROGRAMS.keys()].filter((id) => readerCurriculum(id, 0) === curriculum);
  return pl
    .when(pl.col("cohort_id").eq(STAFF_COHORT_ID))
    .then(pl.lit(STAFF))
    .when(program.isIn(programsOf(DATA)))
    .then(pl.lit(DATA))
    .when(program.isIn(programsOf(WEB)))
    .then(pl.lit(WEB))
    .otherwise(pl.lit(NEITHER))
    .cast(pl.Int32)
    .alias("reader");
}

const NEEDED = ["path", "cohort_id", "program_id"] as const;

/**
 * Some columns of each row of a log, its place `row`, and as numbers of `CURRICULUM_NAMES` the
 * curriculum of its `page` (`NEITHER` where it is shared, unknown or not listed) and `reader`.
 */
export function rowCurricula(
  caller: string,
  accessLog: pl.DataFrame,
  curricula: pl.DataFrame,
  columns: readonly Column[],
): pl.DataFrame {
  const rows = typedColumns(caller, accessLog, ...new Set([...NEEDED, ...columns]));
  requireColumns(caller, curricula, "path", "curriculum");
  const paths = curricula.getColumn("path").toArray() as (string | null)[];
  const names = curricula.getColumn("curriculum").toArray() as (string | null)[];
  const curriculumOf = new Map(
    paths.map((path, i) => [path, Math.max(NEITHER, CURRICULUM_NAMES.indexOf(names[i] ?? ""))]),
  );
  if (curriculumOf.size < paths.length) {
    throw new Error(`${caller} needs each path once in the curricula; some are there twice`);
  }
  const { codes, values } = codesOf(accessLog, "path", pl.String);
  const known = (values.toArray() as string[]).map((path) => curriculumOf.get(path) ?? NEITHER);
  const page = codes.map((code) => (code < 0 ? NEITHER : known[code]!));
  return rows
    .select(...columns, reader())
    .withColumns(pl.Series("page", page))
    .withRowIndex("row");
}

/**
 * Requests of students for either curriculum, with `cross`: 1 for the other program's, 0 for their
 * own.
 */
export function studentPages(
  caller: string,
  accessLog: pl.DataFrame,
  curricula: pl.DataFrame,
  columns: readonly Column[],
): pl.DataFrame {
  const cross = pl.col("page").neq(pl.col("reader")).cast(pl.Int32).alias("cross");
  const rows = rowCurricula(caller, accessLog, curricula, columns);
  return where(rows, { page: [WEB, DATA], reader: [WEB, DATA] }).withColumns(cross);
}
