interface Sender<M> {
  send(message: M): Promise<void>;
  close(): void;
}

/** ZeroMQ refuses the 513th message sent without a pause. */
const PER_TURN = 200;

/** Queues what ZeroMQ, still writing, would refuse: tslab does not wait, and loses output. */
export function inOrder<M>(socket: Sender<M>): Sender<M> {
  let thisTurn = 0;
  let last: Promise<void> | undefined;
  return {
    close: () => socket.close(),
    send(message) {
      if (!last && thisTurn < PER_TURN) {
        if (thisTurn++ === 0) setImmediate(() => (thisTurn = 0));
        return socket.send(message).catch(() => {});
      }
      const turn = last ?? new Promise<void>((resolve) => setImmediate(resolve));
      const sent = turn.then(() => socket.send(message)).catch(() => {});
      last = sent;
      sent.finally(() => {
        if (last === sent) last = undefined;
      });
      return sent;
    },
  };
}
