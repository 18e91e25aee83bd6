import { readFileSync } from "node:fs";
import Module from "node:module";
import type { CompiledCell } from "./compiled-cell";

/** Stands in for tslab's converter where all cells of a notebook have been compiled before. */
export class CompiledNotebook {
  private cells: CompiledCell[] | undefined;

  /** @param file from `compileNotebooks`; it is read when the first cell runs */
  constructor(private readonly file: string) {
    // What tslab would use its compiler for has been done; to load the compiler takes 0.3 s.
    replaceModule("tslab/dist/converter", {});
    replaceModule("tslab/dist/metadata", { getCodeMetadata: () => ({}) });
  }

  /** The next cell with this source. */
  take(source: string): CompiledCell {
    this.cells ??= JSON.parse(readFileSync(this.file, "utf8")) as CompiledCell[];
    const at = this.cells.findIndex((cell) => cell.source === source);
    const [cell] = this.cells.splice(0, at + 1).slice(-1);
    if (!cell) throw new Error("this cell was not compiled with its notebook");
    return cell;
  }
}

function replaceModule(name: string, exports: object): void {
  const id = require.resolve(name);
  require.cache[id] = Object.assign(new Module(id), { exports, loaded: true });
}
