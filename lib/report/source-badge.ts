import type pl from "nodejs-polars";
import { counted } from "../words/format-words";
import { joinProse, nameProse, Prose, prose } from "../words/prose";

/** Longest line about a source that the report shows whole, in characters. */
const LONGEST = 1_000;

/** What `acquireLogs` says of where its tables are from. */
interface Source {
  source: "mysql" | "files" | "sample";
  origin: string;
  logs: pl.DataFrame;
  cohorts: pl.DataFrame;
  warnings: readonly string[];
}

/**
 * What a report's figures describe, as a quotation for its top: the source and how old it is, and
 * each warning about it.
 *
 * @param acquired what `acquireLogs` gives
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
