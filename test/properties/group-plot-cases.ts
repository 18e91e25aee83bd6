import fc from "fast-check";
import * as lib from "../../lib/index";
import type { UsageWorld } from "../support/arbitrary-usage";
import { type AnyCase, anyOf, of, some } from "./case";

const title = "What was found";
const api = anyOf("gnql", "riot", "__proto__", "constructor");
const typeOf = (w: UsageWorld, type = w.rows[0]?.type ?? "gnql") => type;

/** lib/plot, of frames that API usage gives. */
export const GROUP_PLOT_CASES: readonly AnyCase<UsageWorld>[] = [
  of<UsageWorld, unknown>({
    name: "sweepPanelsFigure",
    ask: (w) => lib.sweepPanelsFigure(w.grouped.sweep, w.groups, { title }),
  }),
  of<UsageWorld, unknown>({
    name: "kDistanceFigure",
    ask: (w) => lib.kDistanceFigure(w.distances.distances, w.distances.knees, { title }),
  }),
  of({
    name: "featureBoxesFigure",
    options: some({ type: api, log: fc.subarray(["use_days"]), named: fc.boolean() }),
    ask: (w: UsageWorld, { type, named = true, ...options }) =>
      lib.featureBoxesFigure(w.groups, {
        ...{ title, type: typeOf(w, type), ...options },
        ...(named && { profiles: w.profiles }),
      }),
    mayRefuse: /^featureBoxesFigure needs a type with users, got /,
    outside: [{ features: [] }],
  }),
  of({
    name: "groupMapFigure",
    options: some({ type: api, named: fc.boolean() }),
    ask: (w: UsageWorld, { named = true, ...options }) =>
      lib.groupMapFigure(w.groups, { title, ...options, ...(named && { profiles: w.profiles }) }),
    mayRefuse: /^principalComponents needs 2 users or more/,
  }),
  of({
    name: "usageTimelinesFigure",
    options: some({ type: api, named: fc.boolean() }),
    ask: (w: UsageWorld, { type, named = true }) =>
      lib.usageTimelinesFigure(w.usage, w.examples, {
        ...{ title, type: typeOf(w, type) },
        ...(named && { profiles: w.profiles }),
      }),
    mayRefuse: /^usageTimelinesFigure needs 1 to 40 examples of /,
  }),
];
