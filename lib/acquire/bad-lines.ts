import { basename, join, resolve } from "node:path";
import { ReplacedFile } from "../keep/replaced-file";
import { shownPath } from "../keep/shown-text";
import { DataFileError } from "./data-file-error";

/** The bad lines of a data file, set aside byte for byte; throws a `DataFileError` where that fails. */
export class BadLines {
  readonly path: string;
  private file: ReplacedFile | undefined;

  constructor(
    private readonly from: string,
    outDir: string,
  ) {
    this.path = join(outDir, `bad-rows-${basename(resolve(from)).replace(/\.gz$/, "")}`);
  }

  append(line: Uint8Array): void {
    this.write(() => {
      this.file ??= new ReplacedFile(this.path);
      this.file.append(line);
    });
  }

  keep(): void {
    this.write(() => this.file?.keep());
  }

  discard(): void {
    this.file?.discard();
  }

  private write(action: () => void): void {
    try {
      action();
    } catch (error) {
      throw DataFileError.ofFile(
        this.path,
        `cannot be written (${(error as NodeJS.ErrnoException).code})`,
        `Bad lines of ${shownPath(this.from)} belong there: make room or rights, or correct them.`,
      );
    }
  }
}
