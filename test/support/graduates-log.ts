import pl from "nodejs-polars";
import { accessLog, type Request } from "./access-log";

/** A tiny access log with the lesson and topic of each row. */
export function lessonLog(requests: Request[]): pl.DataFrame {
  return accessLog(requests).withColumns(
    pl.col("path").alias("lesson"),
    pl.col("path").str.replace("/.*", "").alias("topic"),
  );
}

const data = { program_id: 3, program: "Data Science" };
const bayes = {
  ...{ cohort_id: 34, cohort: "Bayes", start_date: "2019-08-19", end_date: "2020-01-31" },
  ...data,
};
const curie = {
  ...{ cohort_id: 55, cohort: "Curie", start_date: "2020-02-03", end_date: "2020-06-30" },
  ...data,
};
const later = {
  ...{ cohort_id: 59, cohort: "Darden", start_date: "2020-07-13", end_date: "2021-01-12" },
  ...data,
};
const php = {
  ...{ cohort_id: 1, cohort: "Arches", start_date: "2014-02-04", end_date: "2014-04-22" },
  ...{ program_id: 1, program: "PHP Full Stack" },
};
const staff = {
  ...{ cohort_id: 28, cohort: "Staff", start_date: "2014-02-04", end_date: "2014-02-04" },
  ...{ program_id: 2, program: "Java Full Stack" },
};

/** Four pages after the end of two data-science cohorts, two in class, and what must not count. */
export function graduatesLog(): pl.DataFrame {
  const on = (day: string, user_id: number, path: string, of: Partial<Request>): Request => ({
    at: `${day} 12:00:00`,
    user_id,
    path,
    ...of,
  });
  return lessonLog([
    on("2019-09-02", 1, "sql/a", bayes), // in class
    on("2020-01-31", 1, "nlp/a", bayes), // its last day is still class
    on("2020-02-01", 1, "sql/a", bayes), // a day after
    on("2020-02-02", 1, "nlp/a", bayes),
    on("2020-08-31", 1, "sql/b", bayes), // seven months, 213 days
    on("2020-07-31", 2, "sql/a", curie), // a month, 31 days
    on("2020-08-01", 3, "nlp/a", later), // ends after the log
    on("2020-08-01", 4, "php/a", php), // no class in the log
    on("2020-08-01", 5, "sql/a", staff),
    on("2020-09-30", 6, "sql/a", {}), // no cohort
  ]);
}
