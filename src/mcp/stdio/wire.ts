import type { Readable, Writable } from 'node:stream';
import { lineSplitter } from './lines.ts';
import { codes, errorAnswer, idOfLine, type Message, readLine } from './message.ts';

/** The client's end: one message to a line, in and out. */
export interface Wire {
  send(message: Message): void;
  /** Stops listening. */
  close(): void;
}

export interface WireEvents {
  message: (message: Message) => void;
  /** The client says nothing any more: it closed its end and may still read what it asked for. */
  ended: () => void;
  /** Nobody reads any more. */
  broken: () => void;
}

const mb = 1024 * 1024;
/** Bytes of a message that is passed on, and of a line that is kept for as long as it takes to find its id. */
const limits = { message: 4 * mb, kept: 64 * mb };

/**
 * Speaks JSON-RPC over a pair of streams. What is no message is answered with what is wrong with it, and the next line is
 * read as if nothing had been.
 */
export function lineWire(
  input: Readable,
  output: Writable,
  write: (text: string) => boolean,
  { message, ended, broken }: WireEvents,
): Wire {
  const send = (answer: Message) => {
    // Who does not read is not listened to: what waits for them would grow with each question.
    if (!write(`${JSON.stringify(answer)}\n`)) input.pause();
  };
  const goOn = () => input.resume();
  const lines = lineSplitter(limits.kept, ({ bytes, text }) => {
    if (bytes > limits.message) {
      const id = text === undefined ? null : idOfLine(text);
      return send(errorAnswer(id, codes.invalid, tooLarge(bytes)));
    }
    const { messages, faults } = readLine(text!);
    for (const fault of faults) send(fault);
    for (const one of messages) message(one);
  });
  let over = false;
  const onEnd = () => {
    over = true;
    lines.end();
    ended();
  };
  const onClose = () => {
    // Also comes after an end that was told.
    if (!over) broken();
  };
  input.on('data', lines.push).once('end', onEnd).once('error', broken).once('close', onClose);
  output.on('drain', goOn).once('error', broken);
  return {
    send,
    close() {
      output.off('drain', goOn);
      input.off('data', lines.push).off('end', onEnd).off('close', onClose).destroy();
    },
  };
}

function tooLarge(bytes: number): string {
  return `This message has ${Math.ceil(bytes / mb)} MB; Kindred takes messages up to ${limits.message / mb} MB. Ask for less at once.`;
}
