import { namesOf } from '../approval/names.ts';
import { proposalMessage } from '../approval/proposal-message.ts';
import type { Render } from './renderer.ts';

export const renderProposal: Render = async ({ app, config }, { subject }) => {
  const card = await proposalMessage(await app.state(), subject, { nameOf: namesOf(config) });
  return card
    ? { text: card.text, parts: [card.blocks], shown: card.shown }
    : { superseded: 'There is nothing left to decide.' };
};
