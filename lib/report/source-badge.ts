import type pl from "nodejs-polars";
import { counted } from "../words/format-words";
import { joinProse, nameProse, Prose, prose } from "../words/prose";

const LONGEST = 1_000;

interface Source {
  source: "mysql" | "files" | "sample";
  origin: string;
  logs: pl.DataFrame;
  cohorts: pl.DataFrame;
  warnings: readonly string[];
}

/**
 * What a report's figures describe, as a quotation: the source, how old it is, and warnings, as
 * `acquireLogs` gives them.
 */
export function sourceBadge({ source, origin, logs, cohorts, warnings }: Source): Prose {
  const kind =
    source === "sample"
      ? prose`**Synthetic sample.** No real log was found: these figures describe a made-up twin of one, whose totals are those published of the real log. Nobody in it is real.`
      : prose`**${source === "mysql" ? "MySQL" : "Log files"}.** These figures describe the log that was read.`;
  const tables = `${counted(logs.height, "row")} and ${counted(cohorts.height, "cohort")}`;
  const paragraphs = [
    kind,
    nameProse(`Access log: ${tables} from ${origin}.`, { max: LONGEST }),
    ...warnings.map((warning) =>
      joinProse([prose`**Warning.**`, nameProse(warning, { max: LONGEST })], " "),
    ),
  ];
  const quoted = paragraphs.map((paragraph) => joinProse([new Prose("> ", "> "), paragraph]));
  return joinProse(quoted, "\n>\n");
}
