import type { Message } from "./wire";

/** Waits for a reply and for the end of its outputs. */
export class Pending {
  readonly reply = deferred<Message>();
  readonly idle = deferred<void>();
  readonly both = Promise.all([this.reply.promise, this.idle.promise]);

  fail(error: Error): void {
    this.reply.reject(error);
    this.idle.reject(error);
  }
}

interface Deferred<T> {
  promise: Promise<T>;
  resolve: (value: T) => void;
  reject: (error: Error) => void;
}

function deferred<T>(): Deferred<T> {
  const handles = {} as Omit<Deferred<T>, "promise">;
  const promise = new Promise<T>((resolve, reject) => Object.assign(handles, { resolve, reject }));
  return Object.assign(handles, { promise });
}
