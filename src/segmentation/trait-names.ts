import type { Clause, PersonaTemplate } from './archetype.ts';
import type { FeatureSummary } from './model.ts';
import { inWords, saidOf, type Words } from './overlays/words.ts';
import { traitAdvice, typicalAdvice } from './trait-advice.ts';
import { type Trait, traits } from './traits.ts';
import { typical } from './typical.ts';
import { listed } from './wording.ts';

/** Differences below this are not worth a name. */
const LEAST_DIFFERENCE = 0.3;

interface Told {
  id: string;
  concept: string;
  trait: Trait;
  difference: number;
}

/**
 * Names a segment by its two strongest traits ("Evening shoppers with large baskets"), by further ones where the
 * name is taken, and by its lack of traits where it has none. Adds the name to `taken`.
 */
export function nameByTraits(
  features: readonly FeatureSummary[],
  taken: Set<string>,
  words: Words,
): PersonaTemplate {
  const told = tellingTraits(saidOf(features, words));
  const [first] = told;
  const name =
    candidates(told, words).find(candidate => !taken.has(candidate)) ?? further(typicalName(words), taken);
  taken.add(name);
  return {
    id: 'traits',
    name,
    clauses: [
      told.length > 0 ? standOut(told.slice(0, 3), words) : { text: `are much like all ${words.people}` },
    ],
    ...((first && traitAdvice[first.concept]) ?? typicalAdvice),
  };
}

/** Strongest first, one per concept, only where the words are true of the values. */
function tellingTraits(features: readonly FeatureSummary[]): Told[] {
  const concepts = new Set<string>();
  return features
    .flatMap(feature => {
      const { id, difference, mean } = feature;
      const known = traits[id];
      const trait = difference > 0 ? known?.high : known?.low;
      if (!known || !trait || Math.abs(difference) < LEAST_DIFFERENCE || !isTrue(trait, mean)) return [];
      // The currency changes no digit.
      if (!typical(feature, null)) return [];
      return [{ id, concept: known.concept, trait, difference }];
    })
    .sort((a, b) => Math.abs(b.difference) - Math.abs(a.difference) || (a.id < b.id ? -1 : 1))
    .filter(({ concept }) => !concepts.has(concept) && concepts.add(concept));
}

function isTrue({ atLeast, atMost }: Trait, mean: number): boolean {
  return (atLeast === undefined || mean >= atLeast) && (atMost === undefined || mean <= atMost);
}

function candidates(told: readonly Told[], words: Words): string[] {
  const named = told.flatMap(first => [
    ...told.filter(second => second !== first).map(second => `${first.trait.head} with ${second.trait.with}`),
    first.trait.head,
  ]);
  return [...named.map(name => inWords(name, words)), typicalName(words)];
}

const typicalName = ({ people }: Words) => `Typical ${people}`;

/** Only where segments are the same in all that can be told: then no words are left to tell them apart. */
function further(name: string, taken: ReadonlySet<string>): string {
  const next = `Further ${name.charAt(0).toLowerCase()}${name.slice(1)}`;
  return taken.has(next) ? further(next, taken) : next;
}

/** "stand out by evening orders (62 % against 38 %) and large baskets (12 against 5)" */
function standOut(told: readonly Told[], words: Words): Clause {
  const parts = told.map(({ id, trait }) => `${inWords(trait.with, words)} ({${id}} against {${id}|all})`);
  return { text: `stand out by ${listed(parts)}` };
}
