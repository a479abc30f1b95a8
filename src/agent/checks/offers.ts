import { sentencesOf } from './plain-text.ts';

/** What costs a shop money, or binds it. */
const offer =
  /\b\d+ ?(?:%|per ?cent) off\b|\b(?:half[ -]price|money off|buy one|gift cards?|free (?:[\w-]+ )?(?:delivery|shipping|postage|returns?|gifts?|samples?|wrapping)|vouchers?|coupons?|promo(?:tion(?:al)?)? codes?|discounts?)\b/gi;
/** What is held back is not offered. */
const denied = /\b(?:no|not|without|never|nor|instead of|rather than|than)\b[^,;.]{0,20}$/i;
/** Whoever looks whether one did it offers none. */
const looking = /^(?:look|check|ask|compare|find out|see|review|read|test)\b/i;

/**
 * Offers that a text makes and that do not stand in what it may offer. Names of the shop's, which may read like one,
 * stand in “…”.
 */
export function offersIn(text: string, allowed = ''): string[] {
  const held = allowed.toLowerCase();
  return sentencesOf(text.replaceAll(/“[^”]*”/g, ''))
    .filter(sentence => !looking.test(sentence))
    .flatMap(sentence =>
      [...sentence.matchAll(offer)]
        .filter(({ index }) => !denied.test(sentence.slice(0, index)))
        .map(([said]) => said),
    )
    .filter(said => !held.includes(said.toLowerCase()));
}
