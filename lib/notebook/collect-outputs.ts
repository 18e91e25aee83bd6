import type { FailurePlace } from "../kernel/cells/code-frame";
import type { Message } from "../kernel/wire";
import { LIVE_FORM } from "../tell/show-live";
import { readTold, TOLD_FORM, type Told } from "../tell/tell-run";
import {
  type DisplayOutput,
  joinText,
  type MimeBundle,
  type Output,
  type StreamOutput,
} from "./nbformat";

/** What a cell may print, in characters, before the rest is left out: a loop that never ends. */
const MOST_TEXT = 5_000_000;

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
  /** Where in the cell its error is, if the kernel said. */
  place: FailurePlace | undefined;
  private readonly displays: Displays;
  private characters = 0;

  /**
   * @param displays shared by all cells of a notebook: one may update what another showed
   * @param onLive takes lines that say how far a cell is; they are no outputs
   * @param onTold takes lines about the data of the run; they are no outputs either
   */
  constructor(
    displays: Displays,
    private readonly onLive: (text: string) => void = () => {},
    private readonly onTold: (told: Told) => void = () => {},
  ) {
    this.displays = displays;
  }

  readonly take = (message: Message): void => {
    const { content } = message;
    const data = content.data as MimeBundle | undefined;
    const live = data?.[LIVE_FORM];
    if (live !== undefined) {
      this.onLive(String(live));
      return;
    }
    const told = readTold(data?.[TOLD_FORM]);
    if (told) {
      this.onTold(told);
      return;
    }
    switch (message.header.msg_type) {
      case "status":
        this.timing[`iopub.status.${content.execution_state}`] = message.header.date;
        break;
      case "execute_input":
        this.timing["iopub.execute_input"] = message.header.date;
        break;
      case "stream":
        this.stream(content.name === "stderr" ? "stderr" : "stdout", wellFormed(content.text));
        break;
      case "display_data":
        this.display(content);
        break;
      case "update_display_data":
        for (const output of this.displays.get(displayId(content) ?? "") ?? []) {
          Object.assign(output, bundle(content));
        }
        break;
      case "execute_result":
        this.outputs.push({
          output_type: "execute_result",
          execution_count: Number(content.execution_count) || null,
          ...bundle(content),
        });
        break;
      case "error":
        this.error(wellFormed(content.ename), wellFormed(content.evalue), lines(content.traceback));
        this.place = message.metadata.place as FailurePlace | undefined;
        break;
    }
  };

  /** Adds an `error` output, which is how other tools see that a cell failed. */
  error(ename: string, evalue: string, traceback: string[]): void {
    this.outputs.push({ output_type: "error", ename, evalue, traceback });
  }

  get failed(): boolean {
    return this.outputs.some((output) => output.output_type === "error");
  }

  private stream(name: StreamOutput["name"], text: string): void {
    if (this.characters > MOST_TEXT) return;
    this.characters += text.length;
    const note =
      this.characters > MOST_TEXT
        ? `\n[the cell printed more than ${MOST_TEXT} characters; the rest is left out]\n`
        : "";
    const last = this.outputs.at(-1);
    if (last?.output_type === "stream" && last.name === name) {
      last.text = joinText(last.text) + text + note;
    } else {
      this.outputs.push({ output_type: "stream", name, text: text + note });
    }
  }

  private display(content: Message["content"]): void {
    const output: DisplayOutput = { output_type: "display_data", ...bundle(content) };
    this.outputs.push(output);
    const id = displayId(content);
    if (id) this.displays.set(id, [...(this.displays.get(id) ?? []), output]);
  }
}

function bundle(content: Message["content"]): {
  data: MimeBundle;
  metadata: Record<string, unknown>;
} {
  return {
    data: (content.data ?? {}) as MimeBundle,
    metadata: (content.metadata ?? {}) as Record<string, unknown>,
  };
}

function displayId(content: Message["content"]): string | undefined {
  return (content.transient as { display_id?: string } | undefined)?.display_id;
}

/** Half a character, which text in JavaScript may hold, is no UTF-8: no other tool could save it. */
function wellFormed(text: unknown): string {
  return Buffer.from(String(text)).toString();
}

function lines(traceback: unknown): string[] {
  return Array.isArray(traceback) ? traceback.map(wellFormed) : [];
}
