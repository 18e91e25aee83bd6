import * as lib from "../../lib/index";
import { type AnyCase, asks, from, of, some } from "./case";

/** What takes any frame, or any text from a log. */
export const OTHER_CASES: readonly AnyCase[] = [
  asks("firstRow", "log", {}, [], { inOrder: true }),
  asks("describeColumns", "log", {}, [], { inOrder: true }),
  asks("estimatedBytes", "log"),
  of({
    name: "figureText",
    inOrder: true,
    options: some({ max: from(1, 80) }),
    ask: (w, options) => w.tables.logs.map(({ path }) => lib.figureText(path, options)),
  }),
];
