import type { Button, CardBlock, CarouselBlock } from '@slack/types';
import { limits } from './limits.ts';
import { markup } from './text.ts';

export interface Card {
  /** mrkdwn of ours, as the subtitle and the body. */
  title: string;
  subtitle?: string;
  body?: string;
  actions?: readonly Button[];
}

/** One thing with what can be done to it. */
export function card({ title, subtitle, body, actions = [] }: Card): CardBlock {
  return {
    type: 'card',
    title: markup(title, limits.card.title),
    ...(subtitle !== undefined && { subtitle: markup(subtitle, limits.card.subtitle) }),
    ...(body !== undefined && { body: markup(body, limits.card.body) }),
    ...(actions.length > 0 && { actions: actions.slice(0, limits.card.actions) }),
  };
}

/** Cards side by side, one to ten. */
export function carousel(cards: readonly [CardBlock, ...CardBlock[]]): CarouselBlock {
  return { type: 'carousel', elements: cards.slice(0, limits.carousel.cards) };
}
