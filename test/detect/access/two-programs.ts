import pl from "nodejs-polars";
import type { Request } from "../../support/access-log";

export const WEB = { cohort_id: 22, cohort: "Teddy", program_id: 2, program: "Java Full Stack" };
export const DATA = { cohort_id: 34, cohort: "Bayes", program_id: 3, program: "Data Science" };
export const STAFF = { cohort_id: 28, cohort: "Staff", program_id: 2, program: "Java Full Stack" };
export const NOBODY = { cohort_id: null, cohort: null, program_id: null, program: null };

export const curricula = pl.DataFrame({
  path: ["java-i", "java-ii", "sql/joins", "/"],
  curriculum: ["web development", "web development", "data science", "shared"],
});

/** Users from `first` on, each reading all the pages once on one morning. */
export function readers(
  who: Partial<Request>,
  first: number,
  count: number,
  paths: (string | null)[],
  day = "2019-10-01",
): Request[] {
  return Array.from({ length: count }, (_, i) =>
    paths.map((path, p) => ({
      ...who,
      at: `${day} 09:${String(p).padStart(2, "0")}:${String(i).padStart(2, "0")}`,
      user_id: first + i,
      path,
    })),
  ).flat();
}
