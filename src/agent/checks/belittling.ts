import { textsOf } from '../tasks/naming/draft.ts';
import { type Check, scored } from './check.ts';
import { phrasePattern, plainText } from './plain-text.ts';

const PEOPLE = '(?:people|customers|shoppers|buyers|guests|subscribers|accounts|crowd|lot|folk|ones)';

/** What one would not say to a customer's face. */
const words = phrasePattern([
  '(?:cheapskates?|tightwads?|misers?|miserly|skinflints?|penny pinchers?|penny pinching|tight fisted|stingy|scrooges?)',
  `cheap ${PEOPLE}`,
  '(?:hoarders?|hoarding|freeloaders?|freeloading|scroungers?|scavengers?|leeches?|parasites?|vultures?|moochers?)',
  '(?:\\S+ )?(?:addicts?|addicted|junkies|shopaholics?|obsessives?|fanatics?|maniacs?)',
  '(?:nobodies|losers?|dead ?weight|dead ?wood|deadbeats?|no hopers?|has beens?|misfits?|laggards?|dregs|bottom feeders?|riff raff|ghosts|zombies)',
  '(?:time ?wasters?|tyre kickers?|tire kickers?|window lickers?|moaners?|moaning|whiners?|whining|whingers?|whinging|grumblers?|naggers?|troublemakers?|nuisances?|nightmares?)',
  `(?:lazy|fickle|flaky|disloyal|unfaithful|needy|greedy|dumb|stupid|clueless|gullible|ungrateful|worthless|useless|hopeless|desperate|crazy|silly|annoying|difficult|demanding|unreliable|poor|broke|low quality|second rate|bad) ${PEOPLE}`,
  '(?:suckers?|cash cows?|easy prey|soft targets?|sheep|lemmings|couch potatoes)',
  '(?:abusers?|cheats?|cheaters?|fraudsters?|gold diggers?|chancers?)',
  'not worth (?:the|any|our|your|a) \\S+',
  'low life',
]);

/** No word that belittles the people in the segment. */
export const belittling: Check = draft => {
  const texts = textsOf(draft);
  const failures = texts.flatMap(text =>
    belittlingWordsIn(text).map(
      found => `"${found}" belittles people. Say what they do in words that one could say to them.`,
    ),
  );
  return scored(Math.max(texts.length, failures.length), failures);
};

export function belittlingWordsIn(text: string): string[] {
  return [...plainText(text).matchAll(words)].map(match => match[0]);
}
