import { join } from "node:path";
import { expect, it } from "vitest";
import { type AcquireUsageOptions, acquireUsage } from "../../lib/acquire/acquire-usage";
import { useFolder } from "../support/tiny-logs";

const folder = useFolder();
const CONTENT = "dt,user_id,type,api_count\n2021-08-13,0,gnql,144\n";

async function acquire(options: AcquireUsageOptions = {}) {
  const notices: string[] = [];
  const notice = (line: string) => notices.push(line);
  return { ...(await acquireUsage({ dataDir: folder.path(), notice, ...options })), notices };
}

it("acquireUsage makes a sample where there is no file, of the same columns", async () => {
  const { usage, source, notices } = await acquire({ seed: 2 });
  expect(source).toBe("sample");
  expect(usage.height).toBeGreaterThan(0);
  expect(notices[0]).toMatch(/^API usage: [\d,]+ rows from the sample, seed 2\.$/);
  folder.put("user_api_data.csv", `${CONTENT}\n`);
  const file = await acquire();
  expect(file.source).toBe("files");
  expect(file.notices.slice(1)).toEqual([expect.stringContaining("1 empty line passed over")]);
  expect(usage.columns).toEqual(file.usage.columns);
  expect(usage.dtypes.map(String)).toEqual(file.usage.dtypes.map(String));
});

it("acquireUsage reads the file that is named, and insists on it", async () => {
  folder.put("user_api_data.csv", CONTENT);
  const path = folder.put("other.csv", `${CONTENT}2021-08-14,0,gnql,1\n`);
  const { usage, notices } = await acquire({ path });
  expect(usage.height).toBe(2);
  expect(notices[0]).toMatch(/^API usage: 2 rows from .*other\.csv\.$/);
  const none = acquire({ path: join(folder.path(), "none.csv") });
  await expect(none).rejects.toThrow(/none\.csv does not exist/);
});
