// Loaded into a process before its command: a dependency that prints all the time, by every way there is, from when the
// command has taken standard output for the protocol, which is before it loads anything that could print.
import { Worker } from 'node:worker_threads';

const { write } = process.stdout;
let workers = 0;

setInterval(() => {
  if (process.stdout.write === write) return;
  console.log('noise of a dependency');
  process.stdout.write(Buffer.from('noise in bytes\n'));
  if (workers++ === 0) new Worker("console.log('noise of a worker')", { eval: true });
}, 5).unref();
