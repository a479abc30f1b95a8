/** Takes the store in argv[2], says how that went, and holds it until it is killed or told to by argv[3]. */
import { writeSync } from 'node:fs';
import { formatError } from '../../../src/errors.ts';
import { acquireStore } from '../../../src/store-lock.ts';

const [dataDir, mode] = process.argv.slice(2);
try {
  await acquireStore(dataDir!, {
    pid: process.pid,
    command: 'segment',
    startedAt: '2026-01-02T03:04:05.000Z',
  });
  writeSync(1, 'held\n');
  if (mode === 'exit') process.exit(0);
  if (mode === 'graceful') process.on('SIGTERM', () => process.exit(7));
  setInterval(() => {}, 1000);
} catch (error) {
  writeSync(1, `refused: ${formatError(error).replaceAll('\n', ' ')}\n`);
}
