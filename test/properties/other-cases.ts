import fc from "fast-check";
import * as lib from "../../lib/index";
import type { LogRow } from "../support/arbitrary-logs";
import { asks, type Case } from "./case";

/** What takes any frame, or any text from a log. */
export const OTHER_CASES: readonly Case[] = [
  asks("firstRow", "log", { inOrder: true }),
  asks("describeColumns", "log", { inOrder: true }),
  asks("estimatedBytes", "log"),
  {
    name: "figureText",
    inOrder: true,
    settings: { max: fc.integer({ min: 1, max: 80 }) },
    ask: (w, options) => w.tables.logs.map(({ path }: LogRow) => lib.figureText(path, options)),
  },
];
