/** Reads notebooks' cells as JSON and prints those that are compiled (see `compileNotebooks`). */
import { json } from "node:stream/consumers";
import { compileChecked } from "./compile-checked";

json(process.stdin).then(async (notebooks) => {
  process.stdout.write(JSON.stringify(await compileChecked(notebooks as string[][])));
});
