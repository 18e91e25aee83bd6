import { drawLine, type Screen } from "../tell/show-live";
import { visibleLines } from "../words/visible-text";
import { elapsed } from "./surroundings";

const REDRAW_MS = 200;
const LEAST_TOLD = 5;

interface Work {
  start: number;
  at: string;
  live: string;
}

/** On a terminal one line, drawn again as cells go by; elsewhere a line for each notebook done. */
export class Progress {
  private timer: NodeJS.Timeout | undefined;
  /** By the notebook's place. */
  private readonly works = new Map<number, Work>();
  private readonly ended = new Set<number>();

  /** @param expected seconds that each notebook took the last time, where that is known */
  constructor(
    private readonly screen: Screen,
    private readonly names: string[],
    private readonly expected: (number | undefined)[] = [],
  ) {}

  begin(index: number): {
    onCell: (cell: number, cells: number) => void;
    onLive: (text: string) => void;
  } {
    const work: Work = { start: performance.now(), at: "starting", live: "" };
    this.works.set(index, work);
    this.redraw();
    this.timer ??= setInterval(() => this.redraw(), REDRAW_MS).unref();
    return {
      onCell: (cell, cells) => {
        work.at = `cell ${cell} of ${cells}`;
        work.live = "";
        this.redraw();
      },
      onLive: (text) => {
        work.live = visibleLines(text);
        this.redraw();
      },
    };
  }

  end(index: number, text: string): void {
    this.works.delete(index);
    this.ended.add(index);
    const width = Math.max(...this.names.map((name) => name.length));
    this.say(`${this.label(index).padEnd(width + `[${this.places(index)}] `.length)}  ${text}`);
  }

  say(line: string): void {
    drawLine(this.screen, "");
    this.screen.write(`${line}\n`);
    this.redraw();
  }

  clear(): void {
    clearInterval(this.timer);
    this.works.clear();
    drawLine(this.screen, "");
  }

  private redraw(): void {
    const works = [...this.works].sort(([a], [b]) => a - b);
    const parts = works.map(([index, { at, start, live }]) =>
      [this.label(index), at, elapsed(start), live].filter(Boolean).join("  "),
    );
    if (parts.length > 0) drawLine(this.screen, [...this.timeLeft(), ...parts].join("   "));
  }

  /** From what each took the last time; nothing for less than five seconds. */
  private timeLeft(): string[] {
    let seconds = 0;
    for (const index of this.names.keys()) {
      if (this.ended.has(index)) continue;
      const work = this.works.get(index);
      const spent = work ? (performance.now() - work.start) / 1000 : 0;
      seconds += Math.max(0, (this.expected[index] ?? Number.NaN) - spent);
    }
    const left = seconds / Math.max(1, this.works.size);
    return left >= LEAST_TOLD ? [`about ${Math.ceil(left)} s left`] : [];
  }

  private label(index: number): string {
    return `[${this.places(index)}] ${visibleLines(this.names[index] ?? "")}`;
  }

  private places(index: number): string {
    return `${index + 1}/${this.names.length}`;
  }
}
