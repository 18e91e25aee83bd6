import { constants, generateKeyPairSync, privateDecrypt } from "node:crypto";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";

/** A server on 127.0.0.1 that speaks as much of MySQL's protocol as a lie needs. */
export interface LyingServer {
  port: number;
  stop: () => void;
}

/** Listens, and hands each connection over. */
export async function startServer(onConnection: (socket: Socket) => void): Promise<LyingServer> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => sockets.delete(socket));
    onConnection(socket);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    port: (server.address() as AddressInfo).port,
    stop: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

/** A packet of the protocol: length, number, content. */
export function packet(sequence: number, ...content: (Buffer | string | number)[]): Buffer {
  const body = Buffer.concat(
    content.map((part) =>
      typeof part === "number" ? Buffer.from([part]) : Buffer.from(part as string),
    ),
  );
  const header = Buffer.alloc(4);
  header.writeUIntLE(body.length, 0, 3);
  header[3] = sequence % 256;
  return Buffer.concat([header, body]);
}

const SCRAMBLE = "12345678abcdefghijkl";

/** The first packet of a server that wants the password by `plugin`. */
export function greeting(plugin: string): Buffer {
  const capabilities = 0x00_0f_a2_0d | 0x80_00 | 0x08_00_00 | 0x20_00_00;
  const low = Buffer.alloc(2);
  low.writeUInt16LE(capabilities & 0xf7_ff, 0); // no TLS
  const high = Buffer.alloc(2);
  high.writeUInt16LE(capabilities >>> 16, 0);
  return packet(
    ...([0, 10, "8.0.36\0", Buffer.from([1, 0, 0, 0]), SCRAMBLE.slice(0, 8), 0] as const),
    ...([low, 45, Buffer.from([2, 0]), high, 21, Buffer.alloc(10)] as const),
    ...([SCRAMBLE.slice(8), 0, `${plugin}\0`] as const),
  );
}

const OK = Buffer.from([0, 0, 0, 2, 0, 0, 0]);

/**
 * A server that wants the password by one of MySQL's plugins, with a key of its own where the
 * plugin takes one.
 *
 * @param onPassword gets what the server could read
 */
export function startPasswordThief(
  plugin: string,
  onPassword: (text: string) => void,
): Promise<LyingServer> {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const pem = publicKey.export({ type: "spki", format: "pem" }) as string;
  return startServer((socket) => {
    socket.write(greeting(plugin));
    let answers = 0;
    socket.on("data", (bytes) => {
      answers++;
      const sequence = (bytes[3] as number) + 1;
      const content = bytes.subarray(4);
      if (answers === 1) {
        socket.write(packet(sequence, 0xfe, `${plugin}\0`, `${SCRAMBLE}\0`));
      } else if (answers === 2 && plugin === "caching_sha2_password") {
        socket.write(packet(sequence, 1, 4));
      } else if (content.length === 1) {
        socket.write(packet(sequence, 1, pem));
      } else {
        onPassword(plugin === "mysql_clear_password" ? content.toString() : decrypted(content));
        socket.write(packet(sequence, OK));
      }
    });
  });

  function decrypted(bytes: Buffer): string {
    const padding = constants.RSA_PKCS1_OAEP_PADDING;
    try {
      const mixed = privateDecrypt({ key: privateKey, oaepHash: "sha1", padding }, bytes);
      const mask = (at: number) => SCRAMBLE.charCodeAt(at % SCRAMBLE.length);
      return Buffer.from(mixed.map((byte, at) => byte ^ mask(at))).toString();
    } catch {
      return "unreadable"; // encrypted with another key
    }
  }
}

const text = (value: string) => Buffer.concat([Buffer.from([value.length]), Buffer.from(value)]);

/** The definition of a column of text. */
export function columnPacket(sequence: number, name: string): Buffer {
  const rest = Buffer.from([0x0c, 45, 0, 255, 0, 0, 0, 0xfd, 0, 0, 0, 0, 0]);
  return packet(sequence, text("def"), text(""), text(""), text(""), text(name), text(""), rest);
}

const EOF = Buffer.from([0xfe, 0, 0, 2, 0]);

/** What a server answers to a statement: rows of text; undefined for a statement without rows. */
export type Answer = string[][] | undefined | ((socket: Socket) => void);

/** A server that lets everybody in, and answers statements as it likes. */
export function startLiar(answer: (sql: string) => Answer): Promise<LyingServer> {
  return startServer((socket) => {
    socket.write(greeting("mysql_native_password"));
    let isIn = false;
    socket.on("data", (bytes) => {
      if (!isIn) {
        isIn = true;
        socket.write(packet((bytes[3] as number) + 1, OK));
        return;
      }
      const rows = answer(bytes.subarray(5).toString());
      if (typeof rows === "function") rows(socket);
      else if (rows === undefined) socket.write(packet(1, OK));
      else socket.write(resultSet(rows));
    });
  });
}

/** A whole answer of text. */
export function resultSet(rows: string[][]): Buffer {
  const columns = rows[0]?.length ?? 1;
  const packets: Buffer[] = [packet(1, columns)];
  for (let column = 0; column < columns; column++) {
    packets.push(columnPacket(packets.length + 1, `c${column}`));
  }
  packets.push(packet(packets.length + 1, EOF));
  for (const row of rows) packets.push(packet(packets.length + 1, ...row.map(text)));
  packets.push(packet(packets.length + 1, EOF));
  return Buffer.concat(packets);
}
