import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { InputError } from '../errors.ts';

/** Asks at the terminal of this process. What is typed at a hidden question is not shown. */
export function ask(question: string, hidden: boolean): Promise<string> {
  let silent = false;
  const screen = new Writable({
    write(chunk, _encoding, done) {
      if (!silent) process.stderr.write(chunk);
      done();
    },
  });
  const reader = createInterface({ input: process.stdin, output: screen, terminal: true, historySize: 0 });
  return new Promise((resolve, reject) => {
    const stopped = () => {
      process.stderr.write('\n');
      reject(new InputError('The questions were not answered.', 'Nothing was kept; run the command again.'));
    };
    reader.on('SIGINT', () => reader.close());
    reader.on('close', stopped);
    reader.question(question, answer => {
      reader.off('close', stopped);
      reader.close();
      if (silent) process.stderr.write('\n');
      resolve(answer);
    });
    // The question itself was written by now.
    silent = hidden;
  });
}
