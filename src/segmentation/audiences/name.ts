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

/** A name from what the filter says in words, cut between words where it says much. */
export function nameInWords(words: string): string {
  const name = [...oneLine(capitalised(words))];
  if (name.length <= longest) return name.join('');
  const start = name.slice(0, longest - 1).join('');
  return `${start.slice(0, Math.max(start.lastIndexOf(' '), longest / 2)).trimEnd()} …`;
}

const oneLine = (text: string) => text.replaceAll(/[\p{C}\p{Z}\s]+/gu, ' ').trim();
