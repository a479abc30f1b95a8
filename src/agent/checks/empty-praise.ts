import { numbersIn } from '../../segmentation/written-numbers.ts';
import { textsOf } from '../tasks/naming/draft.ts';
import { type Check, scored } from './check.ts';
import { claimsIn } from './claims/find-claims.ts';
import { phrasePattern, plainText } from './plain-text.ts';

/** Praise that no figure can bear out, and the language of brochures. */
const praise = phrasePattern([
  '(?:amazing|awesome|fantastic|incredible|outstanding|exceptional|extraordinary|remarkable|phenomenal|stunning|superb|terrific|wonderful|fabulous|brilliant|unbeatable|unparalleled|unrivalled|world class|best in class|first class|top notch|second to none)',
  '(?:truly|simply) \\S+',
  '(?:passionate|passion|enthusiasts?|raving|superfans?|super fans|rock ?stars?|heroes|gems?|jewels?|treasures?|dream customers|true (?:fans|loyalists|believers))',
  '(?:love|loves|adore|adores|cherish|live and breathe) (?:our|the|your|this|what) ?\\S*',
  '(?:delight|delights|delighted|delightful|thrilled|ecstatic)',
  '(?:backbone|lifeblood|heart and soul|beating heart|crown jewels?|cream of the crop|holy grail|game changers?|powerhouse)',
  '(?:highly|deeply|extremely|hugely|incredibly) (?:engaged|valuable|loyal|valued|committed|devoted|discerning)',
  '(?:savvy|sophisticated|discerning|elite|vip|premium) (?:customers|shoppers|buyers|people|individuals|tastes?)',
  'unlock(?:ing)? \\S+',
  'sky is the limit',
  'appreciate (?:quality|excellence)',
]);

export const praiseIn = (text: string): string[] =>
  [...plainText(text).matchAll(praise)].map(([word]) => word);

/** No praise, and a paragraph that says something: figures, or what sets them apart. */
export const emptyPraise: Check = draft => {
  const texts = textsOf(draft);
  const praised = texts
    .flatMap(praiseIn)
    .map(word => `"${word}" is praise that no figure bears out. Say what they do instead.`);
  const said = numbersIn(draft.paragraph).length + claimsIn(draft.paragraph).length;
  const empty = said < LEAST_SAID && !TOO_FEW.test(draft.paragraph);
  const failures = empty
    ? [...praised, 'The paragraph says nothing that could be checked. Give the figures that set them apart.']
    : praised;
  return scored(Math.max(texts.length, failures.length), failures);
};

const LEAST_SAID = 2;
/** Of groups too small for figures the deterministic text says no more than that. */
const TOO_FEW = /fewer than \d+ \w+, too few/;
