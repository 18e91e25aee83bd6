/** What every figure asks of its caller. */
export interface FigureOptions {
  /** The finding, as a sentence. Text in it that comes from a log must have passed `figureText`. */
  title: string;
}
