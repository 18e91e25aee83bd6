/** Reads notebooks' cells as JSON and prints which notebooks have the right types (see `checkCells`). */
import { json } from "node:stream/consumers";
import { haveRightTypes } from "./types-of-cells";

json(process.stdin).then((notebooks) => {
  process.stdout.write(JSON.stringify(haveRightTypes(notebooks as string[][])));
});
