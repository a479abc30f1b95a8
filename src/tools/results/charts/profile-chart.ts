import { stepOf, steps } from '../../../charts/palette.ts';
import { InputError } from '../../../errors.ts';
import { sideBySide } from '../../../segmentation/typical.ts';
import { tamed } from '../../../segmentation/wording.ts';
import { labelOf } from '../feature-label.ts';
import { isWithheld, type SegmentedShop } from '../segment-figures.ts';
import { leftOut, noOther, type ToldChart } from './told-chart.ts';

/** Differences that the sentence for those who see no picture tells. */
const MOST_TOLD = 4;

export function profileChart({ model: { segments, carrying }, currency }: SegmentedShop): ToldChart {
  const features = carrying.flatMap(id => segments[0]?.features.find(feature => feature.id === id) ?? []);
  if (features.length === 0)
    throw new InputError('No feature tells these segments apart.', 'Ask for "moves" or "sizes".');
  const rows = segments.map(segment =>
    isWithheld(segment)
      ? null
      : features.map(({ id }) => {
          const feature = segment.features.find(each => each.id === id)!;
          const difference = Math.round(feature.difference * 100) / 100;
          return { difference, value: sideBySide(feature, currency).value };
        }),
  );
  const labels = features.map(labelOf);
  const names = segments.map(({ persona }) => tamed(persona.name));
  const missing = leftOut(
    names.filter((_, i) => !rows[i]),
    'under ten customers',
  );
  const strongest = rows
    .flatMap((row, s) => (row ?? []).map((cell, f) => ({ ...cell, name: names[s]!, label: labels[f]! })))
    .sort((a, b) => Math.abs(b.difference) - Math.abs(a.difference))
    .slice(0, MOST_TOLD)
    .map(
      ({ name, label, value, difference }) =>
        `${name}: ${label} ${value}, ${steps[stepOf(difference)]!.words}.`,
    );
  return {
    ...noOther,
    title: 'What tells the segments apart',
    note: `The strongest features first. Violet is above the average customer, orange below; a figure is that of a typical customer.${missing}`,
    alt: `The widest differences from the average customer. ${strongest.join(' ')}${missing}`,
    profile: { features: labels, rows },
  };
}
