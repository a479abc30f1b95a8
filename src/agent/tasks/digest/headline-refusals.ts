import { tellsCause } from '../../checks/hedged.ts';
import { sentencesOf, wordsOf } from '../../checks/plain-text.ts';
import type { Digest } from './digest.ts';

/** Words by which a reader knows that data is missing. */
const missing =
  /\b(?:feeds?|data|arriv\w*|deliver\w*|imports?|exports?|stopped coming|missing|silent|silence)\b/i;
const alarming =
  /\b(?:alarm(?:ing)?|alert|urgent(?:ly)?|worr(?:y|ying)|crisis|plung\w+|crash\w*|collaps\w+|at once|immediately)\b/i;
const calming =
  /\b(?:quiet|calm|uneventful|no (?:alarms?|alerts?)|nothing (?:\w+ )?(?:changed|to worry)|all is well)\b/i;

/** Why a headline may not stand over a digest, a sentence each; none where it may. */
export function headlineRefusals(headline: string, digest: Digest): string[] {
  const { state, moves } = digest;
  const isCalm = state === 'quiet' || state === 'watch' || state === 'found';
  return [
    ...(sentencesOf(headline).length === 1 ? [] : ['The headline must be one sentence.']),
    ...(state === 'feed' && !missing.test(headline)
      ? ['The headline must say that data stopped arriving, as nothing else can be trusted until it is back.']
      : []),
    ...(isCalm && alarming.test(headline.replaceAll(/\bno (?:alarm|alert)s?\b/gi, ''))
      ? ['The headline sounds an alarm, and there is none.']
      : []),
    ...(!isCalm && calming.test(headline) ? ['The headline calms, and there is an alert.'] : []),
    ...(state === 'alert' ? passedOver(headline, digest) : []),
    ...(tellsCause(headline, moves) ? ['The headline tells a cause as a fact: nobody has measured it.'] : []),
  ];
}

/** An alert about segments is told of one of them, by its name or a word of it that tells. */
function passedOver(headline: string, { findings, segments }: Digest): string[] {
  const worst = findings.find(({ level }) => level === 'alert')!;
  const about = segments.map(({ name }) => name).filter(name => worst.sentence.includes(name));
  if (about.length === 0) return [];
  const said = new Set(wordsOf(headline));
  return about.some(name => tellingWords(name).some(word => said.has(word)))
    ? []
    : [`The headline passes over the gravest alert, which is about ${about.join(' and ')}.`];
}

/** A name may have none but words that any has. */
function tellingWords(name: string): string[] {
  const words = wordsOf(name);
  const telling = words.filter(word => word.length > 3 && !common.test(word));
  return telling.length > 0 ? telling : words;
}

const common = /^(?:customers?|buyers?|shoppers?|people|orders?|with|large|their|from|that|values?)$/;
