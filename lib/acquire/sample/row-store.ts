/** The log as columns of numbers; paths and addresses as places in their lists. */
export interface SampleRows {
  /** Days since the log's first day. */
  day: Int32Array;
  /** Seconds since midnight. */
  second: Int32Array;
  /** Place in `paths`; -1 for none. */
  path: Int32Array;
  userId: Int32Array;
  /** 0 for none. */
  cohortId: Int32Array;
  /** Place in `addresses`. */
  address: Int32Array;
  paths: string[];
  addresses: string[];
}

export interface RowStore {
  add(
    day: number,
    second: number,
    path: number,
    userId: number,
    cohortId: number,
    address: number,
  ): void;
  /** Place of a path or address in its list, added to it if it is new. */
  pathPlace(path: string): number;
  addressPlace(address: string): number;
  /** The rows by time; those of one second stay in the order in which they were added. */
  inTimeOrder(): SampleRows;
}

const SECONDS_PER_DAY = 86_400;

/** Room for a number of rows, to be filled in any order. */
export function rowStore(
  count: number,
  knownPaths: readonly string[],
  knownAddresses: readonly string[],
): RowStore {
  const column = () => new Int32Array(count);
  const [day, second, path] = [column(), column(), column()];
  const [userId, cohortId, address] = [column(), column(), column()];
  const paths = [...knownPaths];
  const addresses = [...knownAddresses];
  let at = 0;
  return {
    add(rowDay, rowSecond, rowPath, rowUser, rowCohort, rowAddress) {
      day[at] = rowDay;
      second[at] = rowSecond;
      path[at] = rowPath;
      userId[at] = rowUser;
      cohortId[at] = rowCohort;
      address[at] = rowAddress;
      at++;
    },
    pathPlace: (text) => placeIn(paths, text),
    addressPlace: (text) => placeIn(addresses, text),
    inTimeOrder() {
      // Day, second and place in one double: exact below 2^53, and sorted natively.
      const keys = new Float64Array(count);
      for (let i = 0; i < count; i++) {
        keys[i] = (day[i]! * SECONDS_PER_DAY + second[i]!) * count + i;
      }
      keys.sort();
      const order = Int32Array.from(keys, (key) => key % count);
      const sorted = (values: Int32Array) => Int32Array.from(order, (from) => values[from]!);
      return {
        day: sorted(day),
        second: sorted(second),
        path: sorted(path),
        userId: sorted(userId),
        cohortId: sorted(cohortId),
        address: sorted(address),
        paths,
        addresses,
      };
    },
  };
}

function placeIn(texts: string[], text: string): number {
  const place = texts.indexOf(text);
  return place >= 0 ? place : texts.push(text) - 1;
}
