import { visibleLines } from "../words/visible-text";

/** The parts of a terminal, or of a pipe or file, that progress is written to. */
export interface Screen {
  isTTY?: boolean;
  columns?: number;
  write(text: string): unknown;
}

const REDRAW_MS = 200;
const TO_LINE_START_AND_CLEAR = "\r\u001b[K";

/**
 * Says how far a run is: on a terminal by one line that is drawn again as cells go by, otherwise by
 * a plain line for each notebook that is done.
 */
export class Progress {
  private readonly screen: Screen;
  private readonly width: number;
  private timer: NodeJS.Timeout | undefined;
  /** Draws the live line, while there is one. */
  private redraw: (() => void) | undefined;

  /** @param names all notebooks of the run, in order */
  constructor(
    screen: Screen,
    private readonly names: string[],
  ) {
    this.screen = screen;
    this.width = Math.max(...names.map((name) => name.length));
  }

  /** A notebook's turn has come; what is returned takes each cell's number, and what the cell says. */
  begin(index: number): {
    onCell: (cell: number, cells: number) => void;
    onLive: (text: string) => void;
  } {
    const start = performance.now();
    let at = "starting";
    let live = "";
    const draw = () => {
      const parts = [this.label(index), at, elapsed(start), live].filter(Boolean);
      this.draw(parts.join("  "));
    };
    if (this.screen.isTTY) {
      draw();
      this.redraw = draw;
      this.timer = setInterval(draw, REDRAW_MS).unref();
    }
    return {
      onCell: (cell, cells) => {
        at = `cell ${cell} of ${cells}`;
        live = "";
        if (this.screen.isTTY) draw();
      },
      onLive: (text) => {
        live = visibleLines(text);
        if (this.screen.isTTY) draw();
      },
    };
  }

  /** A notebook has ended. */
  end(index: number, text: string): void {
    this.clear();
    this.screen.write(`${this.label(index)}  ${text}\n`);
  }

  /** Writes a line of its own above the live one. */
  say(line: string): void {
    if (this.screen.isTTY) this.screen.write(TO_LINE_START_AND_CLEAR);
    this.screen.write(`${line}\n`);
    this.redraw?.();
  }

  /** Takes the live line away, for other text to be written. */
  clear(): void {
    clearInterval(this.timer);
    this.timer = undefined;
    this.redraw = undefined;
    if (this.screen.isTTY) this.screen.write(TO_LINE_START_AND_CLEAR);
  }

  private label(index: number): string {
    const name = visibleLines(this.names[index] ?? "").padEnd(this.width);
    return `[${index + 1}/${this.names.length}] ${name}`;
  }

  private draw(line: string): void {
    // A longer line would wrap, and could not be taken back.
    const fits = line.slice(0, (this.screen.columns || 80) - 1);
    this.screen.write(TO_LINE_START_AND_CLEAR + fits);
  }
}

function elapsed(start: number): string {
  return `${((performance.now() - start) / 1000).toFixed(1)} s`;
}
