import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";

const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

/** Accessibility faults that axe-core can see on a page. */
export async function faults(page: Page): Promise<string[]> {
  await page.evaluate(`window.axe ?? (() => { ${AXE} })()`);
  const { violations } = (await page.evaluate("axe.run()")) as {
    violations: { id: string; impact: string; nodes: { html: string }[] }[];
  };
  return violations.map(
    ({ id, impact, nodes }) => `${impact} ${id}: ${nodes[0]?.html.slice(0, 200)}`,
  );
}

/** What happens when code of a stranger has got into a page: nothing but these problems. */
export async function intrude(page: Page): Promise<void> {
  await page.evaluate(`document.body.insertAdjacentHTML("beforeend", "<img src=x onerror='alert(1)'>");
    const script = document.createElement("script"); script.textContent = "alert(2)"; document.body.append(script);
    fetch("https://example.org/").catch(() => {});`);
  await page.waitForTimeout(200);
}

/** What the page's policy stopped, and whether anything got past it. */
export function afterIntrusion(problems: string[]) {
  const count = (pattern: RegExp) => problems.filter((problem) => pattern.test(problem)).length;
  return { stopped: count(/Content Security Policy/), dialogs: count(/^dialog/) };
}
