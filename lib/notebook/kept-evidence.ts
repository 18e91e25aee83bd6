import { join } from "node:path";
import type pl from "nodejs-polars";
import { throughCache } from "../keep/cache";
import { codeVersion } from "../keep/code-version";
import { readSettings } from "../keep/settings";
import { prepareLogs } from "../prepare/prepare-logs";
import { type BoardEvidence, findEvidence } from "../report/board-evidence";
import { type Notice, printNotice } from "../tell/notice";

export interface BoardEvidenceOptions {
  /** Whether only lessons count, each under one name; otherwise every path is its own lesson. */
  lessons?: boolean;
  /** Folder whose `cache/` keeps the frames; that of the settings where not given. */
  dataDir?: string;
  /** Takes the lines about the cache; prints them where not given. */
  notice?: Notice;
}

/**
 * What the board's eight questions are answered from, computed once and kept in the cache until
 * the log or the library's code is another: notebooks 03 and 06 show the same frames.
 *
 * @param acquired what `acquireLogs` gives
 * @returns the frames that `findEvidence` names, each as the function of its line gives it
 */
export async function boardEvidence(
  acquired: { logs: pl.DataFrame; cohorts: pl.DataFrame; version: string },
  {
    lessons = true,
    dataDir = readSettings().dataDir,
    notice = printNotice,
  }: BoardEvidenceOptions = {},
): Promise<BoardEvidence> {
  const { logs, cohorts, version } = acquired;
  const { tables } = await throughCache(
    {
      source: "evidence",
      parameters: { log: version, lessons: String(lessons) },
      fingerprint: codeVersion("detect", "explore", "prepare", "words"),
    },
    () => ({
      tables: findEvidence(prepareLogs({ logs, cohorts }), cohorts, { lessons }),
      notes: [],
    }),
    { dir: join(dataDir, "cache"), notice },
  );
  return tables as BoardEvidence;
}
