import { tellRun } from "./tell-run";

/** Takes one line about what was read, from where, and what was odd about it. */
export type Notice = (line: string) => void;

/** Says it where a reader of a notebook or a terminal sees it. */
export const printNotice: Notice = (line) => console.log(line);

/** Takes what is odd about the data: `notice` gets it, and so does the terminal of a run. */
export function warningsBy(notice: Notice): Notice {
  return (line) => {
    notice(line);
    // a file that is being written has another name each time
    const key = line.replace(/\.unfinished-[0-9a-f]{16}-/g, "");
    tellRun(line, { isWarning: true, key });
  };
}
