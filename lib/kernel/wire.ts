import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";

/** Of the Jupyter messaging protocol 5.3, without routing prefix. */
export interface Message {
  header: { msg_id: string; msg_type: string; date: string; [field: string]: unknown };
  parent: { msg_id?: string; msg_type?: string; [field: string]: unknown };
  metadata: Record<string, unknown>;
  content: Record<string, unknown>;
}

const DELIMITER = "<IDS|MSG>";

export function newMessage(session: string, type: string, content: Message["content"]): Message {
  const header = {
    msg_id: randomUUID(),
    msg_type: type,
    session,
    username: "curriculum-logs",
    date: new Date().toISOString(),
    version: "5.3",
  };
  return { header, parent: {}, metadata: {}, content };
}

/** Frames for ZeroMQ, signed with the connection's key. */
export function encodeMessage(message: Message, key: string): string[] {
  const { header, parent, metadata, content } = message;
  const parts = [header, parent, metadata, content].map((part) => JSON.stringify(part));
  return [DELIMITER, sign(parts, key), ...parts];
}

/** Undefined for what is no message, or not signed with the connection's key. */
export function decodeMessage(frames: Buffer[], key: string): Message | undefined {
  const start = frames.findIndex((frame) => frame.equals(Buffer.from(DELIMITER)));
  const [signature, ...parts] = frames.slice(start + 1);
  if (start < 0 || !signature || parts.length < 4) return undefined;
  const expected = Buffer.from(sign(parts, key));
  if (signature.length !== expected.length || !timingSafeEqual(signature, expected)) {
    return undefined;
  }
  try {
    const [header, parent, metadata, content] = parts.map((part) => JSON.parse(part.toString()));
    return { header, parent, metadata, content };
  } catch {
    return undefined;
  }
}

function sign(parts: (string | Buffer)[], key: string): string {
  const hmac = createHmac("sha256", key);
  for (const part of parts) hmac.update(part);
  return hmac.digest("hex");
}
