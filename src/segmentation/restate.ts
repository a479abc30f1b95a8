import type { PersonaTemplate } from './archetype.ts';
import type { Model, Persona, Population, Segment } from './model.ts';
import { overlayOf } from './overlays/overlays.ts';
import { evidenceOf } from './persona-evidence.ts';
import { type Told, writeTexts } from './personas.ts';
import type { Measures } from './refresh/measures.ts';
import { renewTexts } from './renew-text.ts';
import { restateFeatures } from './restate-features.ts';
import { rfmCells } from './rfm-cells.ts';
import { neighboursOf } from './summary.ts';
import { nameByTraits } from './trait-names.ts';
import { SMALLEST_REPORTED } from './wording.ts';

/**
 * The model as it speaks of its segments at another date: sizes, figures and texts anew; keys, names, archetypes,
 * actions (but for figures that are so no longer) and rules as they were. What scores customers (transforms, centroids, cuts) is not touched.
 */
export function restate(model: Model, measures: Measures): Model {
  const { population } = measures;
  const features = restateFeatures(measures);
  // Without a space to measure in, the standardised differences stand in, as where the model is made.
  const centres =
    model.kind === 'rfm'
      ? features.map(list => list.map(({ difference }) => difference))
      : measures.segments.map(({ mean }) => mean);
  const segments = model.segments.map((segment, s): Segment => {
    const { size, revenue, confidence } = measures.segments[s]!;
    const told = {
      size,
      share: size / Math.max(1, population.customers),
      revenue,
      revenueShare: population.revenue > 0 ? revenue / population.revenue : 0,
      features: features[s]!,
    };
    return {
      ...segment,
      ...told,
      confidence,
      neighbours: neighboursOf(s, centres).map(({ segment: other, distance }) => ({
        key: model.segments[other]!.key,
        distance,
      })),
      persona: restatePersona(model, segment.persona, told, population.currency),
    };
  });
  return {
    ...model,
    describedAsOf: measures.asOf,
    population: restatePopulation(model.population, measures),
    segments,
  };
}

function restatePopulation({ setAside: { why } }: Population, { population }: Measures): Population {
  const { setAside, revenue } = population;
  return {
    ...population,
    setAside: { count: setAside.count, revenueShare: revenue > 0 ? setAside.revenue / revenue : 0, why },
  };
}

/** Of a text that a language model wrote, what its figures still bear out stays. */
function restatePersona(model: Model, persona: Persona, told: Told, currency: string | null): Persona {
  const template = templateOf(model, persona, told);
  const fresh = writeTexts(told, template, currency, overlayOf(model.recipe.overlay).words);
  // Personas of earlier versions say nothing of what not to do.
  const avoid = persona.avoid || template.avoid;
  if (persona.author === 'deterministic') return { ...persona, ...fresh, avoid };
  const small = told.size < SMALLEST_REPORTED;
  const byId = new Map(told.features.map(feature => [feature.id, feature]));
  const evidence = persona.evidence.flatMap(({ feature }) => {
    const summary = byId.get(feature);
    return (summary && evidenceOf(summary, currency, small)) ?? [];
  });
  const { action } = template;
  const renewed = renewTexts(
    { ...persona, avoid },
    { ...fresh, action, avoid: template.avoid },
    told,
    currency,
  );
  return { ...persona, ...renewed, evidence };
}

/** What the persona was written with; its traits of now where it was named by traits. */
function templateOf({ kind, recipe }: Model, { archetype }: Persona, { features }: Told): PersonaTemplate {
  const { archetypes, words } = overlayOf(recipe.overlay);
  const known: readonly PersonaTemplate[] = kind === 'rfm' ? rfmCells : archetypes;
  return known.find(({ id }) => id === archetype) ?? nameByTraits(features, new Set(), words);
}
