import { InputError } from '../../errors.ts';
import { screenTerms } from '../../governance/sensitivity.ts';

/**
 * An advertising platform reads the names of audiences: one that tells of health, belief or the like would tell it that of
 * everybody in it.
 *
 * @throws InputError where the name does
 */
export function requireNeutralName(name: string): void {
  const [found] = screenTerms([name]);
  if (found)
    throw new InputError(
      `An advertising audience must not be called "${name}": the word "${found.matched}" tells of ${found.category}.`,
      'Choose a neutral name, such as the neutral name of the persona.',
    );
}
