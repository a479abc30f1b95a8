import type { Model, Segment } from '../../segmentation/model.ts';
import { capitalised, formatSize, formatValue } from '../../segmentation/wording.ts';
import { textTable } from './table.ts';
import { indent, wrap } from './text.ts';

/** One segment as a page of text. */
export function segmentView(model: Model, segment: Segment, width: number): string {
  const { persona } = segment;
  const nameOf = (key: string) => model.segments.find(other => other.key === key)?.persona.name ?? key;
  const evidence = textTable(
    [{ head: 'Evidence' }, { head: 'Here', align: 'right' }, { head: 'All customers', align: 'right' }],
    persona.evidence.map(item => [item.label, item.value, item.overall]),
    width,
  );
  const { currency } = model.population;
  const size = `${capitalised(formatSize(segment.size))} customers (${formatValue(segment.share, 'share', null)}), ${formatValue(segment.revenue, 'money', currency)} of revenue (${formatValue(segment.revenueShare, 'share', null)})`;
  // A refresh does not measure rules again.
  const measured = model.describedAsOf === model.asOf ? '' : ` (measured on ${model.asOf})`;
  const rule = `${segment.rule.text} Of those who fit this rule ${formatValue(segment.rule.precision, 'share', null)} belong here, and it finds ${formatValue(segment.rule.recall, 'share', null)} of the segment${measured}.`;
  const neighbours = segment.neighbours.slice(0, 2).map(neighbour => nameOf(neighbour.key));
  const block = (head: string, text: string) => `${head}\n${indent(wrap(text, width - 2), 2)}\n`;
  return [
    `${persona.name}  (${segment.key})`,
    size,
    '',
    wrap(persona.sentence, width),
    '',
    wrap(persona.paragraph, width),
    '',
    evidence,
    block('What to do', persona.action),
    ...(persona.avoid === '' ? [] : [block('What not to do', persona.avoid)]),
    block('In short', rule),
    ...(neighbours.length > 0 ? [block('Closest to', neighbours.join(', '))] : []),
    block(
      'On ad platforms',
      `Call its list “${persona.neutralName}”, which says nothing of the people in it.`,
    ),
    `As of ${model.describedAsOf}.${model.kind === 'clusters' ? ` ${sureness(segment)}` : ''}`,
    '',
  ].join('\n');
}

function sureness({ confidence }: Segment): string {
  return `Confidence ${confidence.toFixed(2)} on average: 0.5 is the border to another segment, 1 the middle of this one.`;
}
