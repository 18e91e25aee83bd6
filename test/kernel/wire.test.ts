import { createHmac } from "node:crypto";
import { expect, it } from "vitest";
import { decodeMessage, encodeMessage, newMessage } from "../../lib/kernel/wire";

const message = newMessage("session", "execute_request", { code: "1" });
const encoded = encodeMessage(message, "key");
const read = (...parts: string[]) =>
  decodeMessage(
    parts.map((part) => Buffer.from(part)),
    "key",
  );

it("signs the four parts of a message, in order, with HMAC-SHA256 in hex", () => {
  const [delimiter, signature, ...parts] = encoded;
  expect(delimiter).toBe("<IDS|MSG>");
  expect(signature).toBe(createHmac("sha256", "key").update(parts.join("")).digest("hex"));
});

it("reads a message as it was sent, and passes over the routing prefix", () => {
  expect(read(...encoded)).toEqual(message);
  expect(read("route", ...encoded)).toEqual(message);
});

it.each([
  ["signed with another key", encodeMessage(message, "other")],
  ["changed on the way", encoded.map((part) => part.replace('"1"', '"2"'))],
  ["empty", []],
  ["without a signature", ["<IDS|MSG>"]],
  ["with a short signature", ["<IDS|MSG>", "short", "{}", "{}", "{}", "{}"]],
])("does not listen to a message %s", (_, parts) => {
  expect(read(...parts)).toBeUndefined();
});
