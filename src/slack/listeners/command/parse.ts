import { questionOf } from '../../talk/question.ts';

/** What is asked for with `/segments`. */
export type Command =
  | { kind: 'list' | 'moves' | 'drift' | 'help' }
  /** `words`: the name of a segment, as a person writes it, or its key. */
  | { kind: 'show'; words: string }
  | { kind: 'find'; words: string };

/** What is said with one of these is the whole of it; anything else is taken for a name. */
const alone: Readonly<Record<string, 'list' | 'moves' | 'drift' | 'help'>> = {
  '': 'list',
  list: 'list',
  all: 'list',
  moves: 'moves',
  drift: 'drift',
  help: 'help',
  '?': 'help',
};

/** A value of a button holds it still; half a character Slack would not take. */
const longestWords = 1000;

export function commandOf(text: string): Command {
  const said = questionOf(text, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, longestWords)
    .replace(/[\ud800-\udbff]$/, '');
  const known = alone[said.toLowerCase()];
  if (known) return { kind: known };
  const [, verb, words] = /^(\S+)\s*(.*)$/.exec(said)!;
  switch (verb!.toLowerCase()) {
    case 'show':
      return words === '' ? { kind: 'list' } : { kind: 'show', words: withoutQuotes(words!) };
    case 'find':
      return words === '' ? { kind: 'help' } : { kind: 'find', words: words! };
    default:
      return { kind: 'show', words: withoutQuotes(said) };
  }
}

/** A text that gives the same command. */
export function textOf(command: Command): string {
  return 'words' in command ? `${command.kind} ${command.words}` : command.kind;
}

const withoutQuotes = (words: string) => words.replaceAll(/^["'“‘]+|["'”’]+$/g, '').trim();
