import { tellRun } from "./tell-run";

/** Takes a line about what was read. */
export type Notice = (line: string) => void;

export const printNotice: Notice = (line) => console.log(line);

/** Says what is odd about the data to `notice` and to a run's terminal. */
export function warningsBy(notice: Notice): Notice {
  return (line) => {
    notice(line);
    // an unfinished file has another name each time
    const key = line.replace(/\.unfinished-[0-9a-f]{16}-/g, "");
    tellRun(line, { isWarning: true, key });
  };
}
