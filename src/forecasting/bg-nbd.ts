import { betaGeometric } from './beta-geometric.ts';

/** BG/NBD (Fader, Hardie & Lee 2005): who never came back has had no occasion to drop out, and counts as alive. */
export const bgNbd = betaGeometric('bg-nbd', 0);
