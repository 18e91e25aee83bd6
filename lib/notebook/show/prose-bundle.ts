import type { DisplayBundle } from "../../tell/display";
import type { Prose } from "../../words/prose";

/** Prose as Markdown and as plain text, and beside it what is known of its numbers. */
export function proseBundle({ markdown, text, claims, unbound, spans }: Prose): DisplayBundle {
  return {
    data: { "text/markdown": markdown, "text/plain": text },
    // Also where there are none: whoever checks can then tell prose from other Markdown.
    metadata: { "text/markdown": { claims, unbound, spans } },
  };
}
