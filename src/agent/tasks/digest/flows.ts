import { formatMoneyShort, listed } from '../../../segmentation/wording.ts';
import { few } from '../../../tools/results/values.ts';
import { customersText } from '../../answer/plain/figures.ts';
import type { Flow, Moves } from './facts.ts';

/** "58 customers joined, 41 customers lapsed (£12k of revenue in the year before) and fewer than 10 customers came back" */
export function flowsText(
  { newcomers, lapsed, cameBack }: Pick<Moves, 'newcomers' | 'lapsed' | 'cameBack'>,
  currency: string | null,
): string {
  if ([newcomers, lapsed, cameBack].every(({ customers }) => customers === few))
    return `${few} customers each joined, lapsed and came back`;
  return listed([
    `${customersText(newcomers.customers)} joined`,
    `${customersText(lapsed.customers)} lapsed${worth(lapsed, currency)}`,
    `${customersText(cameBack.customers)} came back${worth(cameBack, currency)}`,
  ]);
}

function worth({ revenueLastYear }: Flow, currency: string | null): string {
  return revenueLastYear === null || revenueLastYear <= 0
    ? ''
    : ` (${formatMoneyShort(revenueLastYear, currency)} of revenue in the year before)`;
}
