import { capitalised, formatMoney, formatValue, number } from '../../wording.ts';
import type { Calibration, Predictor, Target } from './calibration.ts';
import { isModel } from './judge.ts';

/** As a person reads them, fit to begin a line of a table. */
export const predictorNames: Readonly<Record<Predictor, string>> = {
  'bg-nbd': 'BG/NBD model',
  'mbg-nbd': 'MBG/NBD model',
  'pareto-nbd': 'Pareto/NBD model',
  'last-period': 'Same as last period',
  'segment-mean': 'Mean of the segment',
};

/** Within a sentence. */
const inSentence: Readonly<Record<Predictor, string>> = {
  'bg-nbd': 'the BG/NBD model',
  'mbg-nbd': 'the MBG/NBD model',
  'pareto-nbd': 'the Pareto/NBD model',
  'last-period': 'repeating the last period',
  'segment-mean': 'the segment’s mean',
};

export const targetNames: Readonly<Record<Target, string>> = {
  orders: 'Orders',
  churn: 'Who will not order',
  revenue: 'Revenue after returns',
};

export const targetOrder: readonly Target[] = ['orders', 'churn', 'revenue'];

/** What does best on a target, and so is used: "On your shop, the segment’s mean does better than every model, so it is used." */
export function verdict({ targets }: Calibration, target: Target): string {
  const { accuracies, used, draw } = targets[target];
  const ranked = accuracies.map(({ predictor }) => predictor);
  const best = ranked.find(isModel);
  const name = inSentence[used];
  if (best === undefined)
    return `Too few customers came back and paid for a model of what they spend, so ${name} is used.`;
  if (!isModel(used))
    return ranked.indexOf(used) < ranked.indexOf(best)
      ? `On your shop, ${name} does better than every model, so it is used.`
      : `On your shop, ${name} does better than the model that does best on orders, so it is used.`;
  if (draw)
    return `${capitalised(inSentence[draw])} comes closer here, but a handful of customers make the difference. That is a draw, so ${name} is used.`;
  if (best === used) return `${capitalised(name)} does best, so it is used.`;
  return `${capitalised(name)} is used: it does best on orders, and one model serves all predictions so that they agree with each other. Here ${inSentence[best]} comes closer.`;
}

/** How what is used did: "Orders: 2,910 were foretold where 2,828 came, 2.9 % too many." */
export function trackRecord({ targets }: Calibration, target: Target, currency: string | null): string {
  const { accuracies, used } = targets[target];
  const { predicted, actual, totalError } = accuracies.find(({ predictor }) => predictor === used)!;
  const sum = (value: number) => (target === 'revenue' ? formatMoney(value, currency) : number(value, 0));
  const said = {
    orders: `${sum(predicted)} were foretold where ${sum(actual)} came`,
    churn: `${sum(predicted)} customers were foretold where it was ${sum(actual)}`,
    revenue: `${sum(predicted)} was foretold where ${sum(actual)} came`,
  }[target];
  return `${targetNames[target]}: ${said}${offBy(totalError, target)}.`;
}

/** ", 12 % too few" */
function offBy(totalError: number | null, target: Target): string {
  if (totalError === null) return '';
  if (Math.abs(totalError) < 0.005) return ', all but the same';
  const [over, under] = target === 'revenue' ? ['much', 'little'] : ['many', 'few'];
  return `, ${formatValue(Math.abs(totalError), 'share', null)} too ${totalError > 0 ? over : under}`;
}
