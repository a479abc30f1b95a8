import type { KnownBlock } from '@slack/types';
import { dayText } from '../../markdown/figures.ts';
import { context, header, section } from '../blocks/layout.ts';
import type { ShopState } from '../home/facts.ts';
import { sentence } from './figures.ts';

/** Where there are no segments yet: what whoever runs Kindred does first. */
export function firstSteps(shop: Extract<ShopState, { is: 'empty' | 'loaded' }>): KnownBlock[] {
  const found =
    shop.is === 'empty'
      ? 'Kindred has no orders yet.'
      : `Orders are in, as of ${dayText(shop.asOf)}. ${shop.why.map(sentence).join(' ')}`;
  return [
    header('No segments yet'),
    section(`${found} Please ask the person who runs Kindred to do this in a terminal:`),
    section(
      [
        ...(shop.is === 'empty' ? ['•  `kindred import FILE …` reads the orders of the shop.'] : []),
        '•  `kindred readiness` says what the data carries, and what is missing.',
        '•  `kindred segment` finds the segments.',
      ].join('\n'),
    ),
    context('This page fills itself then. `docs/data.md` says which files Kindred reads.'),
  ];
}
