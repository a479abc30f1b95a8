import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { openState } from '../../src/state/state.ts';
import { profileOf } from './profile.ts';

// npx tsx evals/naming/write-profile.ts DATA_FOLDER ID real|made "where the figures come from": see evals/README.md.
const [dataDir, id, source, about] = process.argv.slice(2);
if (!dataDir || !id || !about || (source !== 'real' && source !== 'made'))
  throw new Error('usage: write-profile.ts DATA_FOLDER ID real|made "where the figures come from"');
const state = await openState({ dataDir, url: undefined });
const model = await state.models.current();
await state.close();
if (!model) throw new Error(`${dataDir} holds no segments yet.`);
const path = fileURLToPath(new URL(`./profiles/${id}.json`, import.meta.url));
await writeFile(path, `${JSON.stringify(profileOf(model, { id, about, source }), null, 2)}\n`);
