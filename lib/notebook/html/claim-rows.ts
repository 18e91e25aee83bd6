import type { Claim } from "../../words/prose";

export interface ClaimRow extends Omit<Claim, "shown"> {
  /** In the page's order, each once. */
  shown: string[];
  /** Sections by the anchor of their first cell with the claim. */
  places: Map<string, string>;
}

/** A page's claims, one row for each meaning, source and value. */
export class ClaimRows {
  readonly rows: ClaimRow[] = [];

  add(claims: readonly Claim[]): number[] {
    return claims.map(({ what, value, shown, from, checked }) => {
      const place = this.rows.findIndex(
        (row) => row.what === what && row.value === value && row.from === from,
      );
      const fresh: ClaimRow = { what, value, from, checked, shown: [], places: new Map() };
      const row = this.rows[place] ?? fresh;
      if (place < 0) this.rows.push(row);
      row.checked ||= checked;
      if (!row.shown.includes(shown)) row.shown.push(shown);
      return place < 0 ? this.rows.length : place + 1;
    });
  }

  place(numbers: readonly number[], anchor: string, section: string): void {
    for (const number of numbers) {
      const places = this.rows[number - 1]?.places;
      if (places && ![...places.values()].includes(section)) places.set(anchor, section);
    }
  }
}

export const claimHref = (number: number): string => `#page-claim-${number}`;
