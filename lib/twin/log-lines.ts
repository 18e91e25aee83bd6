import { writeAll } from "../keep/replaced-file";
import { isoDay } from "../log/iso-day";
import { DAYS, FIRST_EPOCH_DAY } from "./frozen";
import type { RowColumns } from "./log-rows";
import { timeOrder } from "./time-order";

const LAST_COHORT = 139;

/** Texts as bytes one after another: number n is from `starts[n]` to `starts[n + 1]`. */
type ByteTexts = { bytes: Uint8Array; starts: Int32Array };

export interface LineTexts {
  paths: readonly string[];
  addresses: readonly string[];
  users: number;
}

const SECONDS_PER_DAY = 86_400;
const BUFFER = 1 << 20;

/** Appends rows as the log's text to a file, in time order, those of one second as they come. */
export function logLines({
  paths,
  addresses,
  users,
}: LineTexts): (file: number, rows: RowColumns) => void {
  const dates = byteTexts(DAYS, (day) => `${isoDay(day + FIRST_EPOCH_DAY)} `);
  const clocks = byteTexts(SECONDS_PER_DAY, (second) => `${clock(second)} `);
  // The first is for none, which is -1.
  const pathTexts = byteTexts(paths.length + 1, (n) => `${n === 0 ? "" : paths[n - 1]} `);
  const userTexts = byteTexts(users + 1, (id) => `${id} `);
  const cohortTexts = byteTexts(LAST_COHORT + 1, (id) => `${id === 0 ? "" : id} `);
  const addressTexts = byteTexts(addresses.length, (n) => `${addresses[n]}\n`);
  const fields = [dates, clocks, pathTexts, userTexts, cohortTexts, addressTexts];
  const longest = fields.reduce((sum, texts) => sum + longestText(texts), 0);
  const buffer = new Uint8Array(BUFFER + longest);
  return (file, rows) => {
    const order = timeOrder(rows.day, rows.second);
    let at = 0;
    for (let i = 0; i < order.length; i++) {
      const row = order[i]!;
      at = put(dates, rows.day[row]!, buffer, at);
      at = put(clocks, rows.second[row]!, buffer, at);
      at = put(pathTexts, rows.path[row]! + 1, buffer, at);
      at = put(userTexts, rows.userId[row]!, buffer, at);
      at = put(cohortTexts, rows.cohortId[row]!, buffer, at);
      at = put(addressTexts, rows.address[row]!, buffer, at);
      if (at >= BUFFER) {
        writeAll(file, buffer.subarray(0, at));
        at = 0;
      }
    }
    writeAll(file, buffer.subarray(0, at));
  };
}

/** Copies a text to `target` from `at` on, and returns where it ends. */
function put({ bytes, starts }: ByteTexts, number: number, target: Uint8Array, at: number): number {
  const end = starts[number + 1]!;
  let to = at;
  for (let from = starts[number]!; from < end; from++) target[to++] = bytes[from]!;
  return to;
}

function byteTexts(count: number, text: (number: number) => string): ByteTexts {
  const starts = new Int32Array(count + 1);
  const texts = Array.from({ length: count }, (_, number) => text(number));
  texts.forEach((each, number) => {
    starts[number + 1] = starts[number]! + Buffer.byteLength(each);
  });
  return { bytes: Buffer.from(texts.join("")), starts };
}

const longestText = ({ starts }: ByteTexts) =>
  starts.reduce((most, end, n) => Math.max(most, end - (starts[n - 1] ?? 0)), 0);

const clock = (second: number) => new Date(1000 * second).toISOString().slice(11, 19);
