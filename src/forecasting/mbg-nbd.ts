import { betaGeometric } from './beta-geometric.ts';

/** MBG/NBD (Batislam, Denizel & Filiztekin 2007): a customer may drop out right after the first occasion. */
export const mbgNbd = betaGeometric('mbg-nbd', 1);
