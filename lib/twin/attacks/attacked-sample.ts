import type pl from "nodejs-polars";
import { frameOf } from "../../log/frame-of";
import { cohortsById, sampleCohorts } from "../cohorts";
import { FIRST_EPOCH_DAY, frozenLog } from "../frozen";
import { COLUMNS, inTimeOrder } from "../log-rows";
import { type SampleLogsOptions, toFrame } from "../sample-logs";
import { sampleRows } from "../sample-rows";
import { type Performed, plantScripts } from "./plant-scripts";

/**
 * What `sampleLogs` gives with further stories, and rows added to it: attacks that are hard to find,
 * and decoys. Published totals no longer hold.
 * @returns `logs`, `cohorts`, and `truth` with `origin` (`published`, `planted`, `hard`, `decoy`)
 *   and `level` besides; a row for each account of a story
 */
export function attackedSample({ seed, rows, anomalies }: Required<SampleLogsOptions>): {
  logs: pl.DataFrame;
  cohorts: pl.DataFrame;
  truth: pl.DataFrame;
} {
  const log = frozenLog();
  const made = sampleRows(log, rows, seed, anomalies);
  const performed = plantScripts(made, cohortsById(log), seed);
  const all = { ...made };
  for (const name of COLUMNS)
    all[name] = joined([made, ...performed.map(({ rows }) => rows)], name);
  const told = [
    ...made.truth.map(({ userId, ...story }) => ({ ...story, user_id: userId })),
    ...performed.map((one) => toldOf(one, made.addresses)),
  ];
  const truth = [
    "kind",
    "entity",
    "user_id",
    "ip",
    "from",
    "to",
    "rows",
    "origin",
    "level",
  ] as const;
  return {
    logs: toFrame(inTimeOrder(all)),
    cohorts: sampleCohorts(log),
    truth: frameOf(told, ...truth),
  };
}

type Name = (typeof COLUMNS)[number];

function joined(parts: readonly Record<Name, Int32Array>[], name: Name): Int32Array {
  const all = new Int32Array(parts.reduce((sum, part) => sum + part[name].length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part[name], at);
    at += part[name].length;
  }
  return all;
}

function toldOf(
  { script, userId, entity, address, rows }: Performed,
  addresses: readonly string[],
) {
  const times = Array.from(rows.day, (day, i) => {
    return ((FIRST_EPOCH_DAY + day) * 86_400 + rows.second[i]!) * 1_000;
  });
  return {
    ...{ kind: script.kind, entity, user_id: userId },
    ip: address === undefined ? null : addresses[address]!,
    ...{ from: Math.min(...times), to: Math.max(...times), rows: times.length },
    ...{ origin: script.isDecoy ? "decoy" : "hard", level: script.level ?? null },
  };
}
