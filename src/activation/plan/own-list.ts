import { InputError } from '../../errors.ts';
import { fence } from '../../segmentation/wording.ts';
import type { State } from '../../state/state.ts';
import type { Sync } from '../sync.ts';

/**
 * Each audience has a list of its own: of two in one list each would remove whom the other keeps there.
 *
 * @throws InputError where another sync keeps a list of this name there
 */
export async function ownList(
  { syncs }: Pick<State, 'syncs'>,
  { connection, audience }: Pick<Sync, 'connection' | 'audience'>,
  name: string,
): Promise<string> {
  // Tags and lists of some tools do not tell case apart.
  const other = (await syncs.list()).find(
    sync =>
      sync.connection === connection &&
      sync.audience !== audience &&
      sync.status !== 'ended' &&
      sync.target.name.toLowerCase() === name.toLowerCase(),
  );
  if (!other) return name;
  throw new InputError(
    `${fence(name)} is the list of ${other.id} at ${fence(connection)} already, which keeps ${other.audience} there.`,
    `Give the list another name with --name, or end the other with \`kindred sync end ${other.id}\`.`,
  );
}
