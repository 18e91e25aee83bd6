import type { Claim, Span } from "../../words/prose";

/** What an output's metadata says about its numbers. */
export interface Ledger {
  claims: Claim[];
  unbound: string[];
  /** Places of claims in the Markdown; empty if unknown. */
  spans: Span[];
}

/** Null where `show` did not write the Markdown. */
export function readLedger(metadata: unknown): Ledger | null {
  const { claims, unbound, spans } = (metadata ?? {}) as Partial<Record<keyof Ledger, unknown>>;
  if (!Array.isArray(claims) || !claims.every(isClaim) || !Array.isArray(unbound)) return null;
  const isPlaced =
    Array.isArray(spans) && spans.length === claims.length && spans.every(isAfterTheLast);
  return { claims, unbound: unbound.map(String), spans: isPlaced ? spans : [] };
}

function isClaim(claim: unknown): claim is Claim {
  const { what, value, shown, from, checked } = (claim ?? {}) as Partial<Claim>;
  return (
    [what, shown, from].every((text) => typeof text === "string") &&
    typeof checked === "boolean" &&
    (value === null || typeof value === "number" || typeof value === "string")
  );
}

function isAfterTheLast(span: unknown, index: number, spans: unknown[]): span is Span {
  if (!Array.isArray(span) || !span.every(Number.isSafeInteger)) return false;
  const last = index > 0 ? (spans[index - 1] as Span)[1] : 0;
  return span.length === 2 && last <= span[0] && span[0] < span[1];
}
