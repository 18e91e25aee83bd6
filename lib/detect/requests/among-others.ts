import { gathered } from "../../log/gathered";
import { sortedBy } from "./spans";

/** How high values of a group go that are others' than one owner's: nobody is their own measure. */
export function amongOthers(
  values: Int32Array,
  owner: Int32Array,
  group: ArrayLike<string | number>,
) {
  const down = Array.from(sortedBy([values.map((value) => -value)], values.length));
  const ofGroup = gathered(down, (place) => group[place]!);
  const ofOwner = gathered(down, (place) => owner[place]!);
  /** How many values of others there are. */
  const others = (who: number, of: string | number): number => {
    const own = (ofOwner.get(who) ?? []).filter((place) => group[place] === of);
    return (ofGroup.get(of)?.length ?? 0) - own.length;
  };
  /** What `share` of them do not exceed; NaN without any. */
  const most = (share: number, who: number, of: string | number): number => {
    const all = others(who, of);
    let above = all - Math.ceil(share * all - 1e-9);
    const found = ofGroup.get(of)?.find((place) => owner[place] !== who && above-- === 0);
    return found === undefined ? Number.NaN : values[found]!;
  };
  return { others, most };
}
