import { connect, createServer, type Socket } from "node:net";

/** Stands between a client and a server, and knows how much the server has sent. */
export interface TcpProxy {
  port: number;
  /** Bytes that the server has sent. */
  sent: number;
  /** Calls `then` once when the server has sent so many bytes from now on, with those that are next; nothing more passes until that is done. */
  after: (bytes: number, then: (next: Buffer, at: number) => unknown) => void;
  stop: () => void;
}

/** A proxy on 127.0.0.1 for a server there. */
export async function startTcpProxy(serverPort: number): Promise<TcpProxy> {
  let left = Number.POSITIVE_INFINITY;
  let then: (next: Buffer, at: number) => unknown = () => {};
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(serverPort, "127.0.0.1");
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      // what one end does to the other is what the test is about
      socket.on("error", () => {});
      socket.on("close", () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    client.pipe(upstream);
    upstream.on("data", async (bytes) => {
      proxy.sent += bytes.length;
      left -= bytes.length;
      if (left < 0) {
        const at = left + bytes.length;
        left = Number.POSITIVE_INFINITY;
        upstream.pause();
        await then(bytes, at);
        upstream.resume();
      }
      if (!client.write(bytes)) {
        upstream.pause();
        client.once("drain", () => upstream.resume());
      }
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const proxy: TcpProxy = {
    sent: 0,
    port: (server.address() as { port: number }).port,
    after: (bytes, action) => {
      left = bytes;
      then = action;
    },
    stop: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
  return proxy;
}
