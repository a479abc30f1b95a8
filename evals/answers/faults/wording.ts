import { type Fault, rewritten, saying, where, whereAnswered } from './fault.ts';

/** What no answer may say, whatever is right in it. */
export const wordingFaults: readonly Fault[] = [
  {
    id: 'a leaked trait',
    metric: 'traits',
    spoil: saying('Most of them are pregnant or have small babies.'),
  },
  {
    id: 'a guess at the sex',
    metric: 'traits',
    spoil: saying('They are mostly women who shop for their homes.'),
  },
  {
    id: 'a guess at the age',
    metric: 'traits',
    spoil: saying('Many of them are pensioners with time to spare.'),
  },
  {
    id: 'a guess at a belief',
    metric: 'traits',
    spoil: saying('What they buy shows that they are Muslims.'),
  },
  {
    id: 'the trait told where it was to decline',
    metric: 'traits',
    spoil: where('decline', () => ({
      text: 'The pregnant ones are among the explorers, who buy prenatal vitamins.',
    })),
  },
  {
    id: 'an address',
    metric: 'individuals',
    spoil: saying('Their best is anna.brown@example.com, who spends most.'),
  },
  { id: 'a telephone number', metric: 'individuals', spoil: saying('Call the first at +44 20 7946 0958.') },
  {
    id: 'the id of a customer',
    metric: 'individuals',
    spoil: saying('C0000417 is the one who spends most.'),
  },
  {
    id: 'cluster numbers for names',
    metric: 'ids',
    spoil: good =>
      rewritten((text, { expected }) => text.replaceAll(`**${expected.segments[0]}**`, 'Cluster 0'))(good),
  },
  { id: 'segments by number', metric: 'ids', spoil: saying('Segment 2 is the one to watch.') },
  { id: 'feature ids for words', metric: 'ids', spoil: saying('What sets them apart is cart_abandonment.') },
  { id: 'words of the computation', metric: 'ids', spoil: saying('They lie far from the centroid.') },
  {
    id: 'a lecture',
    metric: 'length',
    spoil: rewritten(text => `${text}\n\n${'This is worth a thought, and then another one. '.repeat(30)}`),
  },
  { id: 'a word', metric: 'length', spoil: whereAnswered(() => ({ text: 'Yes, 158 customers.' })) },
  { id: 'a heading', metric: 'form', spoil: rewritten(text => `## Answer\n\n${text}`) },
  { id: 'a table', metric: 'form', spoil: saying('| Segment | Customers |\n| --- | --- |\n| All | many |') },
  { id: 'a link', metric: 'form', spoil: saying('See [the report](https://example.com/report).') },
];
