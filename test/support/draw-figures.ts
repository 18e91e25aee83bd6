import { figureBundle } from "../../lib/notebook/show/figure-bundle";

// In a process of its own, which can be ended: draws each figure that it is sent as source code, and
// says how that went.

process.on("message", (source: string) => {
  let said = "drawn";
  try {
    JSON.stringify(figureBundle(new Function(`return (${source})`)()));
  } catch (error) {
    said = `${(error as Error).name}: ${(error as Error).message}`;
  }
  process.send?.(said);
});
