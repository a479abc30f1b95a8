import type { PersonaDraft } from '../tasks/naming/draft.ts';
import type { FactSheet, SheetFeature } from '../tasks/naming/fact-sheet.ts';
import { type Check, scored } from './check.ts';
import { phrasePattern, plainText } from './plain-text.ts';

type Part = keyof PersonaDraft['action'];

/** What a part must name to be one that somebody can carry out. */
const CONCRETE: Readonly<Record<Part, { pattern: RegExp; asks: string }>> = {
  channel: {
    pattern: phrasePattern([
      '(?:emails?|newsletters?|mailings?|mailshots?|mails?|inbox|sms|text messages?|texts?|push|app|notifications?|whatsapp|chat)',
      '(?:letters?|post|postcards?|catalogues?|parcels?|packages?|leaflets?|inserts?|flyers?)',
      '(?:phone|calls?|call them|telephone|account managers?|sales team|support team|support|service team|in person|meetings?|visits?)',
      '(?:stores?|shops?|branch|branches|till|counter|checkout|basket|cart|site|website|home ?page|product pages?|landing page|account page|on site)',
      '(?:ads?|adverts?|advertising|social(?: media)?|search|retargeting|display|audience|lookalikes?)',
      '(?:reception|check in|portals?|booking pages?)',
    ]),
    asks: 'a channel such as e-mail, a letter, a call, the site, the shop or advertising',
  },
  offer: {
    pattern: phrasePattern([
      '(?:offers?|discounts?|vouchers?|coupons?|codes?|deals?|bundles?|packs?|sets?|samples?|gifts?|points?|rewards?|credits?|trial|upgrade|refund)',
      '(?:free|early access|first look|first pick|preview|previews|priority|invitation|invite|membership|subscription|standing order|reminder|refills?|replenish\\S*|reorder\\S*)',
      '(?:recommend\\S*|suggest\\S*|selection|guide|ideas|new(?: \\S+)? (?:arrivals|products|range|lines|season|items|things)|novelties|bestsellers?|favourites?|companions?|matching|add ons?|extras?|range|collection|categories|products?)',
      '(?:delivery|shipping|returns?|help|advice|answer|apology|service|thanks?|thank you|news|story|survey|question|feedback|terms|prices?|quantity|volume|tiers?|second order|next order|complete|remind\\S*)',
      'full price',
      'show|give|send|offer|ask|tell|bring|invite|announce|apologi[sz]e|explain|settle|solve|replace',
    ]),
    asks: 'what they are offered: early access, a bundle, a reminder, a voucher, advice',
  },
  timing: {
    pattern: phrasePattern([
      '(?:days?|weeks?|weekly|months?|monthly|hours?|minutes?|years?|quarters?|today|now|tomorrow|tonight|soon|at once|immediately|straight away|same day)',
      '(?:before|after|when|whenever|once|until|while|within|during|as soon as|ahead of|between|each time|every time|next|first|last)',
      '(?:mornings?|evenings?|afternoons?|nights?|weekends?|weekdays?|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|working days?|daytime|working hours)',
      '(?:january|february|march|april|may|june|july|august|september|october|november|december|spring|summer|autumn|winter|christmas|holidays?|season|seasonal|black friday|sales?|launch|start|end|early|late)',
      '(?:usual gap|due|overdue|lapse|renewal|expires?)',
    ]),
    asks: 'a time: before, after or when something happens, a day, a month, an hour',
  },
};

/**
 * The next step names a channel, an offer and a time, each spoken for by a feature of the sheet. Where nothing on the
 * sheet tells of channels, none need be named.
 */
export const actionability: Check = ({ action }, sheet) => {
  const parts = (Object.keys(CONCRETE) as Part[]).filter(
    part => part !== 'channel' || action.channel !== null || sheet.features.some(tellsOfChannels),
  );
  const failures = parts.flatMap(part => faultOf(part, action[part], sheet) ?? []);
  return scored(parts.length, failures);
};

function tellsOfChannels({ id, class: of }: SheetFeature): boolean {
  return (
    ['browse', 'engagement', 'service'].includes(of) ||
    ['channel_variety', 'offline_share', 'portal_share', 'meetings'].includes(id)
  );
}

function faultOf(part: Part, given: PersonaDraft['action'][Part], sheet: FactSheet): string | null {
  const { pattern, asks } = CONCRETE[part];
  if (given === null) return `The action has no ${part}. Name ${asks}, with the feature that speaks for it.`;
  if (!sheet.features.some(({ id }) => id === given.feature))
    return `The ${part} is tied to ${given.feature}, which is not on the fact sheet. Use one of its ids.`;
  if (plainText(given.text).search(pattern) < 0)
    return `The ${part} "${given.text}" names none. Name ${asks}.`;
  return null;
}
