import type { VisitOrder } from "./visit-order";

/** One entry per user and day with requests, in order of both; counts over the window that ends that day. */
export interface WindowCounts {
  /** Place of the user in `users`. */
  user: Int32Array;
  /** Days since 1970. */
  day: Int32Array;
  addresses: Int32Array;
  visits: Int32Array;
  switches: Int32Array;
  /** Addresses of that day that the user never came from before. */
  fresh: Int32Array;
}

/** Different addresses, visits and switches in the `window` days up to each day with requests. */
export function addressesInWindows(order: VisitOrder, window: number): WindowCounts {
  const { ends, day, address, begins, switches } = order;
  const user: number[] = [];
  const days: number[] = [];
  const counts: [number[], number[], number[], number[]] = [[], [], [], []];
  // How many requests of the window came from each address; all 0 again after each user.
  const from = new Int32Array(order.addresses.length);
  // The last user who came from each address, so far; 0 for none.
  const knownTo = new Int32Array(order.addresses.length);
  let row = 0;
  ends.forEach((end, u) => {
    let oldest = row;
    let [different, visits, changes] = [0, 0, 0];
    const drop = () => {
      if (--from[address[oldest]!]! === 0) different--;
      visits -= begins[oldest]!;
      changes -= switches[oldest]!;
      oldest++;
    };
    while (row < end) {
      const today = day[row]!;
      let fresh = 0;
      for (; row < end && day[row] === today; row++) {
        if (from[address[row]!]!++ === 0) different++;
        if (knownTo[address[row]!] !== u + 1) fresh++;
        knownTo[address[row]!] = u + 1;
        visits += begins[row]!;
        changes += switches[row]!;
      }
      while (day[oldest]! <= today - window) drop();
      user.push(u);
      days.push(today);
      counts[0].push(different);
      counts[1].push(visits);
      counts[2].push(changes);
      counts[3].push(fresh);
    }
    while (oldest < end) drop();
  });
  const [addresses, visits, changed, fresh] = counts.map((list) => Int32Array.from(list)) as [
    Int32Array,
    Int32Array,
    Int32Array,
    Int32Array,
  ];
  return {
    user: Int32Array.from(user),
    day: Int32Array.from(days),
    addresses,
    visits,
    switches: changed,
    fresh,
  };
}
