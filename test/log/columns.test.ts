import { expect, it } from "vitest";
import * as columns from "../../lib/log/columns";

it("gives every column a name of its own", () => {
  const names = Object.values(columns);
  expect(new Set(names).size).toBe(names.length);
});
