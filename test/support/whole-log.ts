import type pl from "nodejs-polars";
import { prepareLogs } from "../../lib/prepare/prepare-logs";
import { sampleLogs } from "../../lib/twin/sample-logs";

type WholeLog = Record<"logs" | "cohorts" | "accessLog", pl.DataFrame>;
let made: WholeLog | undefined;

/** The whole sample of seed 1, raw and prepared: made once for all test files of a process. */
export function wholeLog(): WholeLog {
  if (!made) {
    const { logs, cohorts } = sampleLogs();
    made = { logs, cohorts, accessLog: prepareLogs({ logs, cohorts }) };
  }
  return made;
}
