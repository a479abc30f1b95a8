import { InputError } from '../../errors.ts';
import type { Connection } from '../../vendors/vendor.ts';
import type { ActivationContext } from '../context.ts';
import type { Destination, Target } from '../destination.ts';

/** A destination, and how to get in. */
export interface Reached {
  connection: Connection;
  destination: Destination;
}

/** @throws InputError where nothing can be put into what is connected, OperatorError where it is not connected */
export async function reach(
  { connectionOf, destinationOf }: Pick<ActivationContext, 'connectionOf' | 'destinationOf'>,
  name: string,
): Promise<Reached> {
  const connection = await connectionOf(name);
  const destination = destinationOf(connection.vendor);
  if (!destination)
    throw new InputError(
      `No audience can be put into ${connection.vendor}, which “${name}” is connected to.`,
      '`kindred connect` shows what there is to connect to.',
    );
  return { connection, destination };
}

/** Profiles carry the segment's name, in this property unless another is chosen; advertising platforms see none. */
const usualProperty = 'kindred_segment';

/** null where profiles carry nothing there: `--set property=none`. */
export function segmentPropertyOf(
  { channel }: Pick<Destination, 'channel'>,
  { options }: Pick<Target, 'options'>,
): string | null {
  if (channel === 'advertising' || options.property === 'none') return null;
  return options.property ?? usualProperty;
}
