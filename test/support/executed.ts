import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { joinText, type MultilineText, type Notebook } from "../../lib/notebook/nbformat";
import { PROJECT_ROOT } from "../../lib/paths";

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

/** All that a notebook says in computed prose, as plain text. */
export function proseOf(notebook: Notebook): string {
  return displays(notebook)
    .filter(({ data }) => "text/markdown" in data)
    .map(({ data }) => joinText(data["text/plain"] as MultilineText))
    .join("\n");
}
