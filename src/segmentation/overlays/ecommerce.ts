import { archetypes } from '../archetypes.ts';
import type { Overlay } from './overlay.ts';
import { shopWords } from './words.ts';

/** The shop that the catalogue was made for: nothing added, nothing left out. */
export const ecommerce: Overlay = {
  id: 'ecommerce',
  title: 'orders of a shop',
  adds: [],
  leavesOut: [],
  weights: {},
  archetypes,
  words: shopWords,
  told: [],
};
