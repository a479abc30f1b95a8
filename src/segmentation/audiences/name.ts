import { InputError } from '../../errors.ts';
import { capitalised } from '../wording.ts';

const longest = 120;

/** A name as a person gave it, on one line and without marks that a terminal would obey. */
export function givenName(text: string): string {
  const name = oneLine(text);
  if (name === '')
    throw new InputError('The name of the audience is blank.', 'Give it one that says who they are.');
  if ([...name].length > longest)
    throw new InputError(
      `The name of the audience has ${[...name].length} characters.`,
      `Give it one of at most ${longest}.`,
    );
  return name;
}

/** A name from what the filter says in words. */
export function nameInWords(words: string): string {
  const name = [...oneLine(capitalised(words))];
  return name.length > longest
    ? `${name
        .slice(0, longest - 1)
        .join('')
        .trimEnd()}…`
    : name.join('');
}

const oneLine = (text: string) => text.replaceAll(/[\p{C}\p{Z}\s]+/gu, ' ').trim();
