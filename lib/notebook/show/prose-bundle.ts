import type { DisplayBundle } from "../../tell/display";
import type { Prose } from "../../words/prose";

export function proseBundle({ markdown, text, claims, unbound, spans }: Prose): DisplayBundle {
  return {
    data: { "text/markdown": markdown, "text/plain": text },
    // Empty lists too: they tell prose from other Markdown.
    metadata: { "text/markdown": { claims, unbound, spans } },
  };
}
