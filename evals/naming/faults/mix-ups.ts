import type { FactSheet } from '../../../src/agent/tasks/naming/fact-sheet.ts';
import type { Fault } from './fault.ts';

/** The texts of the segment that is least like it, as a model that mixes up its sheets would give them. */
const swapped: Fault['spoil'] = ({ draft, sheet }, others) => {
  const [farthest] = others.toSorted((a, b) => distance(b.sheet, sheet) - distance(a.sheet, sheet));
  return farthest ? { ...farthest.draft, key: draft.key } : null;
};

function distance(a: FactSheet, b: FactSheet): number {
  const other = new Map(b.features.map(({ id, difference }) => [id, difference]));
  return a.features.reduce((sum, { id, difference }) => sum + Math.abs(difference - (other.get(id) ?? 0)), 0);
}

/** Texts of one segment that stand at another. */
export const mixUps: readonly Fault[] = [
  { id: 'swapped segments (numbers)', metric: 'groundedness', spoil: swapped },
  { id: 'swapped segments (directions)', metric: 'direction', spoil: swapped },
  { id: 'swapped segments (blind)', metric: 'blindMatching', spoil: swapped },
  {
    id: 'duplicate name',
    metric: 'uniqueness',
    spoil: ({ draft }, [other]) => (other ? { ...draft, name: other.draft.name } : null),
  },
  {
    id: 'duplicate name in other letters',
    metric: 'uniqueness',
    spoil: ({ draft }, [other]) => (other ? { ...draft, name: other.draft.name.toUpperCase() } : null),
  },
  {
    id: 'duplicate neutral name',
    metric: 'uniqueness',
    spoil: ({ draft }, [other]) => (other ? { ...draft, neutralName: other.draft.neutralName } : null),
  },
  {
    id: 'copied definition',
    metric: 'uniqueness',
    spoil: ({ draft }, [other]) =>
      other ? { ...draft, sentence: `${other.draft.sentence.slice(0, -1)}, all in all.` } : null,
  },
  {
    id: 'copied paragraph',
    metric: 'uniqueness',
    spoil: ({ draft }, [other]) =>
      other ? { ...draft, paragraph: `All told: ${other.draft.paragraph}` } : null,
  },
];
