import { plain } from '../../markdown.ts';
import { formatCount, listed } from '../../wording.ts';
import { staysOut } from '../sensitive-review.ts';
import { nameKinds } from '../shop-names.ts';
import { standingBlockWarnings } from '../standing-blocks.ts';
import type { ReportFacts } from './facts.ts';
import { section, table } from './markdown.ts';

/** What may tell of a special category or stand in for one, and what keeps it out. */
export function protectedTraitsSection({ review, standing, releases }: ReportFacts): string {
  const { features, names, screened, blockedTerms, plainFeatures } = review;
  const looked = nameKinds
    .filter(kind => screened[kind] > 0)
    .map(kind => `${kind}: ${formatCount(screened[kind])}`);
  return section(
    '4. Special categories and protected traits',
    'What people buy can give away their health, belief or other special categories (article 9). Names of categories, products, coupons and campaigns that a lexicon finds, and names that were blocked, stay out of segments, habits and filters. Of kinds of tickets, channels and types of events the lexicon only tells what it finds. A lexicon does not know every word and every language: names should be looked through by a person, or with `kindred governance review`.',
    looked.length === 0
      ? 'There are no names to look at yet.'
      : `Names looked at, by kind: ${looked.join('; ')}.`,
    '### Names that were found',
    table(
      ['Name', 'Is a', 'Ground', 'Customers', 'Because', 'Kept out'],
      names.map(({ kind, name, ground, foundBy, customers }) => [
        plain(name),
        kind,
        ground,
        customers === null ? 'fewer than 10' : formatCount(customers),
        foundBy === 'lexicon' ? 'the lexicon finds it' : 'it is blocked',
        staysOut({ kind, foundBy }) ? 'yes' : 'no: block it where it tells of customers',
      ]),
      'None of the names is found.',
    ),
    '### Names that were blocked',
    table(
      ['Name', 'Ground', 'Blocked', 'Reason', 'Still in the segments'],
      blockedTerms.map(({ term, ground, blockedBy, at, reason, inModel }) => [
        plain(term),
        ground,
        `${at.slice(0, 10)} by ${plain(blockedBy)}`,
        plain(reason),
        inModel ? 'until they are found anew' : 'no',
      ]),
      'Nobody blocked any.',
    ),
    releases.length === 0
      ? ''
      : `Released by a person: ${releases
          .map(
            ({ at, actor, subject, details }) =>
              `${plain(subject)} (${at.slice(0, 10)} by ${plain(actor)}${details.reason ? `: ${plain(String(details.reason))}` : ''})`,
          )
          .join('; ')}.`,
    '### Features',
    table(
      ['Feature', 'What it says', 'Sensitive', 'Stands', 'In the segments'],
      features.map(({ id, label, sensitivity, decision, inModel }) => [
        `\`${id}\``,
        label,
        sensitivity === 'none' ? 'no' : sensitivity,
        decision ? (decision.effect === 'allow' ? 'allowed' : 'blocked') : 'kept out: no decision allows it',
        inModel ? 'yes' : 'no',
      ]),
      `None of the ${formatCount(plainFeatures)} features is known to tell of a special category or to stand in for one, and none was blocked.`,
    ),
    ...standingBlockWarnings(standing),
    grounds(names.map(({ ground }) => ground)),
  );
}

function grounds(found: readonly string[]): string {
  const special = [...new Set(found)].filter(ground => ground !== 'proxy').sort();
  return special.length === 0
    ? ''
    : `The rows themselves remain in the stores: whoever holds that somebody bought such goods holds data that may fall under article 9 (${listed(special)}), whether or not it is used here.`;
}
