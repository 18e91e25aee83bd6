import pl from "nodejs-polars";
import {
  CREATED_AT,
  DELETED_AT,
  END_DATE,
  ID,
  NAME,
  PROGRAM_ID,
  SLACK,
  START_DATE,
  UPDATED_AT,
} from "../../columns";
import { COHORTS, type CohortRow } from "./calibration/cohorts";

const MS_PER_DAY = 86_400_000;

/** The published `cohorts` table, 53 rows by `id`. */
export function sampleCohorts(): pl.DataFrame {
  const numbers = (pick: (cohort: CohortRow) => number) => Float64Array.from(COHORTS, pick);
  const days = (iso: string) => Date.parse(iso) / MS_PER_DAY;
  const ms = (iso: string) => Date.parse(`${iso.replace(" ", "T")}Z`);
  const datetime = pl.Datetime("ms");
  return pl
    .DataFrame({
      [ID]: numbers((cohort) => cohort.id),
      [NAME]: COHORTS.map((cohort) => cohort.name),
      [SLACK]: COHORTS.map((cohort) => cohort.slack),
      [START_DATE]: numbers((cohort) => days(cohort.startDate)),
      [END_DATE]: numbers((cohort) => days(cohort.endDate)),
      [CREATED_AT]: numbers((cohort) => ms(cohort.createdAt)),
      [UPDATED_AT]: numbers((cohort) => ms(cohort.updatedAt)),
      [PROGRAM_ID]: numbers((cohort) => cohort.programId),
    })
    .select(
      pl.col(ID).cast(pl.Int64),
      pl.col(NAME),
      pl.col(SLACK),
      pl.col(START_DATE).cast(pl.Int32).cast(pl.Date),
      pl.col(END_DATE).cast(pl.Int32).cast(pl.Date),
      pl.col(CREATED_AT).cast(pl.Int64).cast(datetime),
      pl.col(UPDATED_AT).cast(pl.Int64).cast(datetime),
      pl.lit(null).cast(datetime).alias(DELETED_AT),
      pl.col(PROGRAM_ID).cast(pl.Int64),
    );
}
