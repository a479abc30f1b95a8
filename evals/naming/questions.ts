import type { Described } from '../../src/agent/checks/check.ts';
import { LEAST_DIFFERENCE, type SheetFeature } from '../../src/agent/tasks/naming/fact-sheet.ts';
import { createRandom } from '../../src/clustering/random.ts';
import type { Question } from '../judge.ts';
import { blindSheet, blindText } from './blind-text.ts';

/** Each text without name and figures, to be matched with the sheet that it was written from. */
export function matchingQuestions(personas: readonly Described[]): Question[] {
  return personas.map((persona, i) => {
    const order = shuffled([...personas.keys()], 1, i);
    return {
      id: persona.sheet.key,
      text: `Which of these groups of customers does the text describe?\n\nText: ${blindText(persona, personas)}`,
      options: order.map(j => blindSheet(personas[j]!.sheet)),
      right: order.indexOf(i),
    };
  });
}

const OWN = 4;

/** Four traits of the segment and one that is true of another and not of it: the persona must give the stranger away. */
export function intrusionQuestions(personas: readonly Described[]): Question[] {
  return personas.flatMap((persona, i) => {
    const own = persona.sheet.features.filter(isClear).slice(0, OWN).map(trait);
    const strangers = personas
      .filter(other => other !== persona)
      .flatMap(other => strangersTo(persona, other));
    const [strange] = shuffled(strangers, 2, i);
    if (own.length < OWN || strange === undefined) return [];
    const options = shuffled([...own, strange], 3, i);
    return [
      {
        id: persona.sheet.key,
        text: `Four of these traits are those of the customers described here, one is not. Which is not?\n\nName: ${persona.draft.name}\nText: ${blindText(persona, personas)}`,
        options,
        right: options.indexOf(strange),
      },
    ];
  });
}

/** The same order each time, so that runs can be compared; another for each stream. */
function shuffled<T>(values: readonly T[], ...stream: number[]): T[] {
  const order = Int32Array.from(values.keys());
  createRandom(1, ...stream).shuffle(order);
  return Array.from(order, index => values[index]!);
}

const isClear = ({ difference }: SheetFeature) => Math.abs(difference) >= 0.5;
const trait = ({ label, difference }: SheetFeature) =>
  `${label}: ${difference > 0 ? 'above' : 'below'} that of all customers`;

/** Clear traits of another segment of which this one shows nothing, or the contrary. */
function strangersTo({ sheet }: Described, other: Described): string[] {
  return other.sheet.features
    .filter(isClear)
    .slice(0, OWN)
    .filter(({ id, difference }) => {
      const own = sheet.features.find(feature => feature.id === id)?.difference ?? 0;
      return own * Math.sign(difference) < LEAST_DIFFERENCE;
    })
    .map(trait);
}
