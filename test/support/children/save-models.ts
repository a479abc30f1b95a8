/** Saves one model after another into the state in argv[2] until it is killed, and says when each is saved. */
import { writeSync } from 'node:fs';
import { openState } from '../../../src/state/state.ts';
import { exampleChange } from '../../state/example-change.ts';
import { exampleModel } from '../../state/example-model.ts';

const state = await openState({ dataDir: process.argv[2]! });
const padding = 'x'.repeat(200_000);
for (let i = 0; ; i++) {
  const model = exampleModel({ id: `m-${i}`, dataFingerprint: padding });
  await state.apply(exampleChange(model));
  writeSync(1, `${i}\n`);
}
