// One keep-alive connection with one request in flight. It opens itself when it is first used and after it was closed.
import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { type Answer, AnswerReader } from './answer-reader.ts';

export interface Connection {
  /** @param told gets the answer, or why there was none. */
  ask(request: Buffer, keepBody: boolean, told: (answer: Answer | Error) => void): void;
  close(): void;
}

const BUFFER_BYTES = 65_536;

interface Asked {
  readonly request: Buffer;
  readonly keepBody: boolean;
  readonly told: (answer: Answer | Error) => void;
  /** On a connection that had answered before: the server may have closed it at that moment. */
  again: boolean;
}

/** @param origin as `http://127.0.0.1:3000` */
export function openConnection(origin: string): Connection {
  const { hostname, port, protocol } = new URL(origin);
  const secure = protocol === 'https:';
  let socket: Socket | null = null;
  let asked: Asked | null = null;

  const settle = (outcome: Answer | Error) => {
    const settled = asked;
    asked = null;
    settled?.told(outcome);
  };
  const open = (): Socket => {
    let used = false;
    const reader = new AnswerReader(
      () => asked?.keepBody ?? false,
      (answer) => {
        used = true;
        if (answer.last) leave();
        settle(answer);
      },
    );
    const fail = (fault: Error) => {
      if (socket !== opened) return;
      leave();
      // What every client does with a kept connection that turns out to be closed: once more, on a new one.
      if (asked && used && !asked.again && !reader.begun()) {
        asked.again = true;
        send(asked.request);
      } else settle(fault);
    };
    const options = {
      host: hostname === 'localhost' ? '127.0.0.1' : hostname,
      port: port === '' ? (secure ? 443 : 80) : +port,
      onread: {
        buffer: Buffer.allocUnsafe(BUFFER_BYTES),
        callback: (length: number, buffer: Uint8Array) => {
          try {
            reader.give(Buffer.from(buffer.buffer, buffer.byteOffset, length));
          } catch (fault) {
            fail(fault as Error);
          }
          return true;
        },
      },
    };
    const opened: Socket = secure
      ? connectTls({ ...options, servername: hostname })
      : connectPlain(options);
    opened.setNoDelay(true);
    opened.on('error', fail);
    opened.on('close', () => fail(new Error('closed')));
    return opened;
  };
  const send = (request: Buffer) => {
    socket ??= open();
    socket.write(request);
  };
  const leave = () => {
    const left = socket;
    socket = null;
    left?.destroy();
  };
  return {
    ask(request, keepBody, told) {
      asked = { request, keepBody, told, again: false };
      send(request);
    },
    close: leave,
  };
}
