/** Takes one line about what was read, from where, and what was odd about it. */
export type Notice = (line: string) => void;

/** Says it where a reader of a notebook or a terminal sees it. */
export const printNotice: Notice = (line) => console.log(line);
