import { drawLine, type Screen } from "../tell/show-live";
import { visibleLines } from "../words/visible-text";
import { elapsed } from "./surroundings";

const REDRAW_MS = 200;

/** On a terminal one line, drawn again as cells go by; elsewhere a line for each notebook done. */
export class Progress {
  private timer: NodeJS.Timeout | undefined;
  private redraw = () => {};

  constructor(
    private readonly screen: Screen,
    private readonly names: string[],
  ) {}

  begin(index: number): {
    onCell: (cell: number, cells: number) => void;
    onLive: (text: string) => void;
  } {
    const start = performance.now();
    let at = "starting";
    let live = "";
    this.redraw = () => {
      const parts = [this.label(index), at, elapsed(start), live].filter(Boolean);
      drawLine(this.screen, parts.join("  "));
    };
    this.redraw();
    this.timer = setInterval(this.redraw, REDRAW_MS).unref();
    return {
      onCell: (cell, cells) => {
        at = `cell ${cell} of ${cells}`;
        live = "";
        this.redraw();
      },
      onLive: (text) => {
        live = visibleLines(text);
        this.redraw();
      },
    };
  }

  end(index: number, text: string): void {
    this.clear();
    this.screen.write(`${this.label(index)}  ${text}\n`);
  }

  say(line: string): void {
    drawLine(this.screen, "");
    this.screen.write(`${line}\n`);
    this.redraw();
  }

  clear(): void {
    clearInterval(this.timer);
    this.redraw = () => {};
    drawLine(this.screen, "");
  }

  private label(index: number): string {
    const width = Math.max(...this.names.map((name) => name.length));
    const name = visibleLines(this.names[index] ?? "").padEnd(width);
    return `[${index + 1}/${this.names.length}] ${name}`;
  }
}
