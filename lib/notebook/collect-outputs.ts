import type { FailurePlace } from "../kernel/cells/code-frame";
import type { Message } from "../kernel/wire";
import type { DisplayBundle } from "../tell/display";
import { LIVE_FORM } from "../tell/show-live";
import { readTold, TOLD_FORM, type Told } from "../tell/tell-run";
import { type DisplayOutput, joinText, type MimeBundle, type Output } from "./nbformat";

/** What a cell may print, in characters, before the rest is left out: a loop that never ends. */
const MOST_TEXT = 5_000_000;
const TOO_MUCH = `\n[the cell printed more than ${MOST_TEXT} characters; the rest is left out]\n`;

/** Display outputs by the id under which a later message may replace them. */
export type Displays = Map<string, DisplayOutput[]>;

/**
 * Gathers one cell's outputs from the messages on iopub, as Jupyter's own clients do: text that
 * follows text of the same stream is joined, and `update_display_data` replaces what is shown.
 */
export class OutputCollector {
  readonly outputs: Output[] = [];
  /** When things happened, named as nbclient names them in a cell's metadata. */
  readonly timing: Record<string, string> = {};
  place: FailurePlace | undefined;
  private characters = 0;

  /**
   * @param displays shared by all cells of a notebook: one may update what another showed
   * @param onLive takes lines that say how far a cell is; they are no outputs
   * @param onTold takes lines about the data of the run; they are no outputs either
   */
  constructor(
    private readonly displays: Displays,
    private readonly onLive: (text: string) => void = () => {},
    private readonly onTold: (told: Told) => void = () => {},
  ) {}

  readonly take = (message: Message): void => {
    const { content, header } = message;
    const data = content.data as MimeBundle | undefined;
    const told = readTold(data?.[TOLD_FORM]);
    if (told) this.onTold(told);
    const live = data?.[LIVE_FORM];
    if (live !== undefined) this.onLive(String(live));
    if (told || live !== undefined) return;
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

/** Half a character, which text in JavaScript may hold, is no UTF-8: no other tool could save it. */
function wellFormed(text: unknown): string {
  return Buffer.from(String(text)).toString();
}
