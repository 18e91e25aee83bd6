import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { decodeMessage, encodeMessage, newMessage } from "../../lib/kernel/wire";

const frames = (parts: string[]) => parts.map((part) => Buffer.from(part));

describe("the wire format of Jupyter's messages", () => {
  const message = newMessage("session", "execute_request", { code: "1" });

  it("comes back as it was sent", () => {
    expect(decodeMessage(frames(encodeMessage(message, "key")), "key")).toEqual(message);
  });

  it("signs the four parts, in order, with HMAC-SHA256 in hex", () => {
    const [delimiter, signature, ...parts] = encodeMessage(message, "key");
    expect(delimiter).toBe("<IDS|MSG>");
    expect(signature).toBe(createHmac("sha256", "key").update(parts.join("")).digest("hex"));
  });

  it("passes over the routing prefix", () => {
    const routed = [Buffer.from("route"), ...frames(encodeMessage(message, "key"))];
    expect(decodeMessage(routed, "key")).toEqual(message);
  });

  it("does not listen to a message signed with another key", () => {
    expect(decodeMessage(frames(encodeMessage(message, "other")), "key")).toBeUndefined();
  });

  it("does not listen to a message that was changed on the way", () => {
    const changed = encodeMessage(message, "key").map((part) => part.replace('"1"', '"2"'));
    expect(decodeMessage(frames(changed), "key")).toBeUndefined();
  });

  it("does not take anything else for a message", () => {
    expect(decodeMessage([], "key")).toBeUndefined();
    expect(decodeMessage(frames(["<IDS|MSG>"]), "key")).toBeUndefined();
    expect(
      decodeMessage(frames(["<IDS|MSG>", "short", "{}", "{}", "{}", "{}"]), "key"),
    ).toBeUndefined();
  });
});
