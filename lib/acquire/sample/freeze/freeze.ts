import { writeFileSync } from "node:fs";
import { brotliCompressSync, constants } from "node:zlib";
import { COHORTS } from "../calibration/cohorts";
import { FULL_SIZE, type SampleRows } from "../log-rows";
import { sampleRows } from "../sample-rows";
import { PROBING } from "../stories/probing";
import { FILTERS } from "../stories/truth";
import { mend } from "./mend";

// Writes the log of seed 1, mended, as one file:
// `node --require tsx/cjs lib/acquire/sample/freeze/freeze.ts FILE`.
//
// The file is Brotli over: four bytes, the length of the JSON that follows (little endian); the
// JSON; and columns of whole numbers one after the other, seven bits to a byte, lowest first, the
// eighth set where more follow. Rows are in visits, by user and day.

/** Seconds after which someone who reads on does so in another visit. */
const PAUSE = 1_800;

function freeze(file: string): void {
  const rows = sampleRows(FULL_SIZE, 1);
  const held = mend(rows);
  hold(rows, held);
  const { day, second, path, userId, cohortId, address, paths, addresses, truth } = rows;
  const key = (i: number) =>
    ((userId[i]! * 1_200 + day[i]!) * 150 + cohortId[i]!) * 6_000 + address[i]!;
  const keys = Float64Array.from(day, (_, i) => key(i));
  const order = Uint32Array.from(day.keys());
  order.sort((a, b) => keys[a]! - keys[b]! || second[a]! - second[b]! || a - b);
  const names = ["user", "day", "cohort", "address", "begin", "length", "held"] as const;
  const visits = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<
    (typeof names)[number],
    number[]
  >;
  const [gap, page] = [[] as number[], [] as number[]];
  let before = -1;
  let user = 0;
  let on = 0;
  for (const i of order) {
    const isNew = before < 0 || keys[i] !== keys[before] || second[i]! - second[before]! > PAUSE;
    if (isNew) {
      if (userId[i] !== user) on = 0;
      visits.user.push(userId[i]! - user);
      visits.day.push(day[i]! - on);
      visits.cohort.push(cohortId[i]!);
      visits.address.push(address[i]!);
      visits.begin.push(second[i]!);
      visits.length.push(0);
      visits.held.push(0);
      user = userId[i]!;
      on = day[i]!;
    }
    const last = visits.length.length - 1;
    visits.length[last]!++;
    visits.held[last] = Math.max(visits.held[last]!, held[i]!);
    gap.push(isNew ? 0 : second[i]! - second[before]!);
    page.push(path[i]! + 1);
    before = i;
  }
  const stories = truth.map((story) => ({
    kind: story.kind,
    entity: story.entity,
    ...FILTERS.get(story),
  }));
  const cohorts = COHORTS.map((cohort) => {
    const { id, name, slack, startDate, endDate, createdAt, updatedAt, programId } = cohort;
    return [id, name, slack, startDate, endDate, createdAt, updatedAt, "", programId].join(",");
  });
  const head = { visits: visits.user.length, rows: day.length, paths, addresses, cohorts, stories };
  const json = Buffer.from(JSON.stringify(head));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(json.length);
  const columns = [...names.map((name) => visits[name]), gap, page].map(varints);
  const whole = Buffer.concat([length, json, ...columns]);
  const packed = brotliCompressSync(whole, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_LGWIN]: 24,
      [constants.BROTLI_PARAM_SIZE_HINT]: whole.length,
    },
  });
  writeFileSync(file, packed);
  console.log(`${packed.length} bytes, ${visits.user.length} visits`);
}

/** Marks what stays where it is at every seed: exact repetitions, probing, a class' assessment. */
function hold(
  { day, second, path, userId, cohortId, address, paths }: SampleRows,
  held: Uint8Array,
) {
  const stays = paths.map(
    (text) => PROBING.has(text) || /^(bayes|curie|darden|florence).*assessment/.test(text),
  );
  const seen = new Map<string, number>();
  for (let i = 0; i < day.length; i++) {
    if (stays[path[i]!] && held[i] === 0) held[i] = 1;
    const row = `${day[i]} ${second[i]} ${path[i]} ${userId[i]} ${cohortId[i]} ${address[i]}`;
    const first = seen.get(row);
    if (first === undefined) seen.set(row, i);
    else for (const each of [first, i]) if (held[each] === 0) held[each] = 1;
  }
}

function varints(values: readonly number[]): Buffer {
  const bytes: number[] = [];
  for (const value of values) {
    let rest = value;
    for (; rest > 127; rest >>= 7) bytes.push((rest & 127) | 128);
    bytes.push(rest);
  }
  return Buffer.from(bytes);
}

freeze(process.argv[2]!);
