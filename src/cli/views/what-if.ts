import { overlayOf } from '../../segmentation/overlays/overlays.ts';
import type { RecipeBody } from '../../segmentation/proposals/bodies.ts';
import { groupsChange } from '../../segmentation/proposals/change-words.ts';
import type { RecipeDifferences, WeightChange } from '../../segmentation/what-if/differences.ts';
import type { WhatIf } from '../../segmentation/what-if/what-if.ts';
import { comparisonView } from './recluster.ts';
import { textTable } from './table.ts';
import { counted, wrap } from './text.ts';

/** What another recipe would make of the segments. */
export function whatIfView({ asOf, differences, comparison }: WhatIf, width: number): string {
  return [
    `${wrap(`What the segments of ${asOf} would be. Nothing was changed.`, width)}\n`,
    differencesView(differences, [], width),
    comparisonView(comparison, width),
  ].join('\n');
}

/** A proposed recipe: why, and how it differs from the one that stands. */
export function recipeView({ why, reasons, differences }: RecipeBody, width: number): string {
  return [`${wrap(`Why: ${why}`, width)}\n`, differencesView(differences, reasons, width)].join('\n');
}

function differencesView(
  { features, classes, k, overlay, seed }: RecipeDifferences,
  reasons: RecipeBody['reasons'],
  width: number,
): string {
  const reasonOf = new Map(reasons.map(({ of, reason }) => [of, reason]));
  const asked = [...features.filter(change => change.asked), ...classes];
  const byData = features.length - features.filter(change => change.asked).length;
  const plain = [
    ...(overlay
      ? [`Sector: ${overlayOf(overlay.after).title} instead of ${overlayOf(overlay.before).title}.`]
      : []),
    ...groupsChange(k).map(change => `${change}.`),
    ...(seed ? [`Seed: ${seed.after} instead of ${seed.before}.`] : []),
    ...(byData > 0
      ? [`The data of the day, or the sector, weigh ${counted(byData, 'other feature')} otherwise.`]
      : []),
  ];
  const paragraphs = plain.map(text => `${wrap(text, width)}\n`).join('');
  if (asked.length === 0) return paragraphs === '' ? 'The recipe is the one that stands.\n' : paragraphs;
  const row = ({ id, label, before, after }: WeightChange) => [
    label,
    weight(before),
    weight(after),
    reasonOf.get(id) ?? '',
  ];
  const columns = [
    { head: 'Weights' },
    { head: 'Now', align: 'right' as const },
    { head: 'Asked', align: 'right' as const },
    { head: reasons.length > 0 ? 'Why' : '', grows: true },
  ];
  const table = textTable(columns, asked.map(row), width);
  return paragraphs === '' ? table : `${table}\n${paragraphs}`;
}

const weight = (value: number) => (value === 0 ? 'left out' : String(value));
