/** Opens the state in argv[2] and says so; killed before that, it leaves one half made. */
import { writeSync } from 'node:fs';
import { openState } from '../../../src/state/state.ts';

writeSync(1, 'opening\n');
const state = await openState({ dataDir: process.argv[2]! });
writeSync(1, 'open\n');
await state.close();
