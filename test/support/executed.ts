import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { CACHE_DIR, PROJECT_ROOT } from "../../lib/keep/paths";
import { joinText, type MultilineText, type Notebook } from "../../lib/notebook/nbformat";
import { once } from "./once";

/** What a run of the command line printed, and how it ended. */
export interface Run {
  status: number | null;
  printed: string;
}

/** `npm start -- ...args`, without npm. */
export function npmStart(args: string[], env: Record<string, string> = {}): Run {
  const done = spawnSync(
    process.execPath,
    [join(PROJECT_ROOT, "node_modules/tsx/dist/cli.mjs"), "lib/cli.ts", "run", ...args],
    { cwd: PROJECT_ROOT, encoding: "utf8", env: { ...process.env, ...env } },
  );
  return { status: done.status, printed: done.stdout + done.stderr };
}

/** The six notebooks, executed on the sample. */
export interface Executed {
  /** Their folder, with pages and slides. */
  out: string;
  /** A data folder with nothing in it but a cache that knows the sample. */
  data: string;
  /** How they ran; absent where a run before the tests has executed them. */
  run?: Run;
}

/**
 * Runs `npm start` on the sample, once for all test files of a run. Where `npm start` has just done
 * so and CURRICULUM_LOGS_EXECUTED names its output, as in continuous integration, that is taken.
 */
export function executedNotebooks(): Executed {
  const given = process.env.CURRICULUM_LOGS_EXECUTED;
  const folder = once("executed", (made) => {
    // A folder of its own: what somebody keeps in data/ must not change what tests expect.
    const cache = join(made, "data", "cache");
    if (given) {
      refuseOld(resolve(PROJECT_ROOT, given));
      cpSync(CACHE_DIR, cache, { recursive: true });
      return;
    }
    mkdirSync(cache, { recursive: true });
    const run = npmStart([
      ...["--source", "sample", "--data", join(made, "data"), "--out", join(made, "out")],
      // Other tests run meanwhile: two kernels at a time would need much memory, and save nothing.
      ...["--jobs", "1"],
    ]);
    writeFileSync(join(made, "run.json"), JSON.stringify(run));
  });
  const data = join(folder, "data");
  if (given) return { out: resolve(PROJECT_ROOT, given), data };
  const run = JSON.parse(readFileSync(join(folder, "run.json"), "utf8"));
  return { out: join(folder, "out"), data, run };
}

/** @throws if a file that the notebooks were made with is newer than they are */
function refuseOld(out: string): void {
  const made = statSync(join(out, "index.html")).mtimeMs;
  for (const part of ["lib", "notebooks", "data/detectors-compared.json", "package-lock.json"]) {
    const path = join(PROJECT_ROOT, part);
    const isFolder = statSync(path).isDirectory();
    for (const name of isFolder ? readdirSync(path, { recursive: true, encoding: "utf8" }) : [""]) {
      if (statSync(join(path, name)).mtimeMs <= made) continue;
      throw new Error(
        `CURRICULUM_LOGS_EXECUTED: ${join(path, name)} is newer than ${out}. ` +
          "Run npm start again, or unset it: then the tests run the notebooks.",
      );
    }
  }
}

export function readNotebookFile(path: string): Notebook {
  return JSON.parse(readFileSync(path, "utf8"));
}

const TABLE_MIME = "application/vnd.dataresource+json";
const FIGURE_MIME = "application/vnd.plotly.v1+json";

type Cells = Record<string, unknown>[];

function displays(notebook: Notebook) {
  return notebook.cells
    .flatMap((cell) => (cell.cell_type === "code" ? cell.outputs : []))
    .flatMap((output) => (output.output_type === "display_data" ? [output] : []));
}

/** The rows of every table that a notebook shows, by its title. */
export function tablesOf(notebook: Notebook): Map<string, Cells> {
  const tables = displays(notebook).filter(({ data }) => TABLE_MIME in data);
  return new Map(
    tables.map(({ data, metadata }) => [
      (metadata[TABLE_MIME] as { title?: string }).title ?? "",
      (data[TABLE_MIME] as { data: Cells }).data,
    ]),
  );
}

/** The titles of the figures that a notebook shows. */
export function figureTitlesOf(notebook: Notebook): string[] {
  return displays(notebook)
    .filter(({ data }) => FIGURE_MIME in data)
    .map(({ data }) => {
      const { layout } = data[FIGURE_MIME] as { layout: { title: { text: string } } };
      return layout.title.text;
    });
}

/** The HTML of every figure that a notebook shows, as classic Jupyter and nbconvert run it. */
export function figuresHtml(path: string): string[] {
  return displays(readNotebookFile(path))
    .filter(({ data }) => FIGURE_MIME in data)
    .map(({ data }) => joinText(data["text/html"] as MultilineText));
}

/** All that a notebook says in computed prose, as plain text, wherever its lines end. */
export function proseOf(notebook: Notebook): string {
  return displays(notebook)
    .filter(({ data }) => "text/markdown" in data)
    .map(({ data }) => joinText(data["text/plain"] as MultilineText))
    .join(" ")
    .replace(/\s+/g, " ");
}
