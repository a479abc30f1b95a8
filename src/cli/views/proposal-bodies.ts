import type { PlanBody } from '../../activation/sync.ts';
import {
  type FeatureBody,
  type FileBody,
  type PersonaBody,
  textTitles,
} from '../../segmentation/proposals/bodies.ts';
import { planBasis, planChanges } from '../../segmentation/proposals/sync-words.ts';
import { formatSize } from '../../segmentation/wording.ts';
import { bullet } from './drift.ts';
import { wrap } from './text.ts';

/** Each text as it stands and as it would be; those that stay are left out. */
export function proposedTextsView({ texts, why, asOf }: PersonaBody, width: number): string {
  const cards = texts.map(({ key, before, after }) => {
    const changed = textTitles.filter(([part]) => before[part] !== after[part]);
    const lines = changed.flatMap(([part, title]) => [
      title,
      indented('now:      ', before[part], width),
      indented('proposed: ', after[part], width),
    ]);
    return [`${before.name} (${key})`, ...lines.map(line => `  ${line}`), ''].join('\n');
  });
  return [...cards, wrap(`Why: ${why}`, width), `Written from the figures of ${asOf}.\n`].join('\n');
}

export function proposedFeatureView(
  { feature, label, sensitivity, lawfulBasis, why }: FeatureBody,
  width: number,
): string {
  return [
    `Feature:      ${label} (${feature})`,
    `Sensitivity:  ${sensitivities[sensitivity]}`,
    `Lawful basis: ${lawfulBasis.replaceAll('-', ' ')}`,
    `${wrap(`Why: ${why}`, width)}\n`,
  ].join('\n');
}

const sensitivities = {
  none: 'not sensitive in itself; somebody blocked it',
  proxy: 'can stand in for a protected trait',
  special: 'tells of a protected trait (a special category of the GDPR)',
} as const satisfies Record<FeatureBody['sensitivity'], string>;

export function proposedSyncView(
  { handle, name, purpose, customers, asOf }: FileBody,
  width: number,
): string {
  return [
    `Audience: ${wrapped(`${name} (${handle})`, 10, width)}`,
    `Members:  ${formatSize(customers)}, as of ${asOf}; who they are is looked up when it is approved`,
    'Goes to:  a file that only whoever approves it can read',
    `Purpose:  ${wrapped(purpose, 10, width)}\n`,
  ].join('\n');
}

/** What is kept where, and what would change there. */
export function proposedPlanView(body: PlanBody, width: number): string {
  const { handle, name, title, target, connection, purpose, asOf } = body;
  return [
    `Audience: ${wrapped(`${name} (${handle}), as of ${asOf}`, 10, width)}`,
    `Goes to:  ${wrapped(`“${target}” at ${title}, through the connection ${connection}`, 10, width)}`,
    ...(purpose === '' ? [] : [`Purpose:  ${wrapped(purpose, 10, width)}`]),
    '',
    'What changes there',
    ...planChanges(body).map(text => bullet(text, width).trimEnd()),
    '',
    ...planBasis(body)
      .slice(1)
      .map(text => wrap(text, width)),
    '',
  ].join('\n');
}

/** Further lines begin under the first. */
function indented(head: string, text: string, width: number): string {
  return `  ${head}${wrapped(text === '' ? '(none)' : text, 4 + head.length, width)}`;
}

function wrapped(text: string, margin: number, width: number): string {
  const lines = wrap(text, Math.max(20, width - margin)).split('\n');
  return lines.join(`\n${' '.repeat(margin)}`);
}
