import type { FailurePlace } from "../kernel/cells/code-frame";
import type { Message } from "../kernel/wire";
import type { DisplayBundle } from "../tell/display";
import { LIVE_FORM } from "../tell/show-live";
import {
  FILE_FORM,
  readTold,
  readToldFile,
  TOLD_FORM,
  type Told,
  type ToldFile,
} from "../tell/tell-run";
import { type DisplayOutput, joinText, type MimeBundle, type Output } from "./nbformat";

/** Characters that a cell may print: a loop may never end. */
const MOST_TEXT = 5_000_000;
const TOO_MUCH = `\n[the cell printed more than ${MOST_TEXT} characters; the rest is left out]\n`;

/** Outputs by the id under which a later message may replace them. */
export type Displays = Map<string, DisplayOutput[]>;

/** What a cell says that is no output. */
export interface Listeners {
  /** Gets the cell's progress; empty at its end. */
  onLive?: (text: string) => void;
  /** Gets lines about the data of the run. */
  onTold?: (told: Told) => void;
  /** Gets the files that cells read and write. */
  onFile?: (file: ToldFile) => void;
}

/** One cell's outputs as Jupyter's clients gather them: streams are joined, displays updated. */
export class OutputCollector {
  readonly outputs: Output[] = [];
  /** Named as in nbclient. */
  readonly timing: Record<string, string> = {};
  place: FailurePlace | undefined;
  private characters = 0;

  /** @param displays shared by all cells: one may update what another showed */
  constructor(
    private readonly displays: Displays,
    private readonly listeners: Listeners = {},
  ) {}

  readonly take = (message: Message): void => {
    const { content, header } = message;
    const data = content.data as MimeBundle | undefined;
    const told = readTold(data?.[TOLD_FORM]);
    if (told) this.listeners.onTold?.(told);
    const file = readToldFile(data?.[FILE_FORM]);
    if (file) this.listeners.onFile?.(file);
    const live = data?.[LIVE_FORM];
    if (live !== undefined) this.listeners.onLive?.(String(live));
    if (told || file || live !== undefined) return;
    const { display_id: id } = (content.transient ?? {}) as { display_id?: string };
    const shownAsId = id ? (this.displays.get(id) ?? []) : [];
    switch (header.msg_type) {
      case "status":
        this.timing[`iopub.status.${content.execution_state}`] = header.date;
        break;
      case "execute_input":
        this.timing["iopub.execute_input"] = header.date;
        break;
      case "stream":
        this.stream(content.name === "stderr" ? "stderr" : "stdout", wellFormed(content.text));
        break;
      case "display_data": {
        const output: DisplayOutput = { output_type: "display_data", ...bundle(content) };
        this.outputs.push(output);
        if (id) this.displays.set(id, [...shownAsId, output]);
        break;
      }
      case "update_display_data":
        for (const output of shownAsId) Object.assign(output, bundle(content));
        break;
      case "execute_result": {
        const execution_count = Number(content.execution_count) || null;
        const output_type = "execute_result";
        this.outputs.push({ output_type, execution_count, ...bundle(content) });
        break;
      }
      case "error": {
        const lines = Array.isArray(content.traceback) ? content.traceback.map(wellFormed) : [];
        this.error(wellFormed(content.ename), wellFormed(content.evalue), lines);
        this.place = message.metadata.place as FailurePlace | undefined;
      }
    }
  };

  error(ename: string, evalue: string, traceback: string[]): void {
    this.outputs.push({ output_type: "error", ename, evalue, traceback });
  }

  get failed(): boolean {
    return this.outputs.some((output) => output.output_type === "error");
  }

  private stream(name: "stdout" | "stderr", text: string): void {
    if (this.characters > MOST_TEXT) return;
    this.characters += text.length;
    const added = this.characters > MOST_TEXT ? text + TOO_MUCH : text;
    const last = this.outputs.at(-1);
    if (last?.output_type === "stream" && last.name === name) {
      last.text = joinText(last.text) + added;
    } else {
      this.outputs.push({ output_type: "stream", name, text: added });
    }
  }
}

function bundle({ data = {}, metadata = {} }: Message["content"]): DisplayBundle {
  return { data, metadata } as DisplayBundle;
}

/** Half a character cannot be saved as UTF-8. */
function wellFormed(text: unknown): string {
  return Buffer.from(String(text)).toString();
}
