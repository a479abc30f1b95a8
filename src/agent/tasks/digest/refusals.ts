import { linksRefused } from '../../../segmentation/links.ts';
import type { Evidence } from '../../answer/evidence.ts';
import { faultsOf } from '../../answer/faults.ts';
import { withoutOwners } from '../../answer/owners.ts';
import { praiseIn } from '../../checks/empty-praise.ts';
import { isHedged, tellsCause } from '../../checks/hedged.ts';
import { offersIn } from '../../checks/offers.ts';
import { idsIn } from '../../checks/shown-ids.ts';
import type { Digest } from './digest.ts';
import type { DigestDraft } from './draft.ts';
import { headlineRefusals } from './headline-refusals.ts';
import type { DigestSheet } from './sheet.ts';
import { spokenRefusals } from './spoken-refusals.ts';

/** What a draft is held against. */
export interface DigestBasis {
  sheet: DigestSheet;
  plain: Digest;
  evidence: Evidence;
  /** How many of what is to be done stand first, whoever writes: what mends missing data. */
  pinned: number;
}

const mostExplained = 3;

/** Why a draft may not be shown, a sentence each; empty where it may. */
export function refusalsOf(draft: DigestDraft, basis: DigestBasis): string[] {
  const { headline, findings, todo } = draft;
  const texts = [
    headline,
    ...findings.map(({ explanation }) => explanation),
    ...todo.map(({ action }) => action),
  ];
  return [
    ...labelRefusals(draft, basis),
    ...headlineRefusals(headline, basis.plain),
    ...findingRefusals(draft, basis),
    ...todoRefusals(draft, basis),
    ...texts.flatMap(text => textRefusals(text, basis)),
    ...linksRefused(texts),
  ];
}

function labelRefusals({ moves, findings, todo }: DigestDraft, { sheet }: DigestBasis): string[] {
  const used = {
    move: moves,
    finding: findings.map(({ finding }) => finding),
    'thing to do': todo.map(({ candidate }) => candidate),
  };
  const known = { move: sheet.moves, finding: sheet.findings, 'thing to do': sheet.todo };
  return (['move', 'finding', 'thing to do'] as const).flatMap(kind => [
    ...used[kind].filter(label => !known[kind].has(label)).map(label => `There is no ${kind} ${label}.`),
    ...used[kind].filter((label, i) => used[kind].indexOf(label) < i).map(label => `${label} stands twice.`),
  ]);
}

function findingRefusals({ findings }: DigestDraft, { sheet }: DigestBasis): string[] {
  const told = new Set(findings.map(({ finding }) => finding));
  const alerts = [...sheet.findings].filter(([, { level }]) => level === 'alert').slice(0, mostExplained);
  return [
    ...alerts.filter(([label]) => !told.has(label)).map(([label]) => `${label} is an alert: explain it.`),
    ...findings.flatMap(({ finding, explanation }) => [
      ...(sheet.findings.get(finding)?.level === 'explained'
        ? [`${finding} is explained already, and no alarm: leave it out.`]
        : []),
      ...(isHedged(explanation)
        ? []
        : [`"${explanation}" is told as a fact: what is behind a finding is only likely or possible.`]),
    ]),
  ];
}

function todoRefusals({ todo, moves }: DigestDraft, { sheet, plain, pinned }: DigestBasis): string[] {
  const wrong = [...sheet.todo.keys()]
    .slice(0, pinned)
    .filter((label, i) => todo[i]?.candidate !== label)
    .map(label => `${label} has to stand among the first, in its place: it comes before all else.`);
  return [
    ...wrong,
    ...(sheet.moves.size > 0 && moves.length === 0 ? ['Name the move that matters most.'] : []),
    ...todo.flatMap(({ candidate, action }) => {
      const known = sheet.todo.get(candidate)?.action ?? '';
      return [
        ...commandsIn(action)
          .filter(command => !known.includes(command))
          .map(command => `"${command}" does not stand in ${candidate}: name no other command.`),
        ...offersIn(action, known).map(
          offer => `"${offer}" does not stand in ${candidate}: what is offered is for a person to decide.`,
        ),
        ...(tellsCause(action, plain.moves)
          ? [`"${action}" tells a cause as a fact: nobody has measured it.`]
          : []),
      ];
    }),
  ];
}

/** Of the digest nothing is known that was done. */
const told = /\b(?:was|were) (?:already )?(?:sent|e-?mailed|exported|launched|scheduled|approved)\b/i;

const commandsIn = (text: string) => text.match(/\bkindred [a-z-]+/g) ?? [];

function textRefusals(text: string, { evidence, plain }: DigestBasis): string[] {
  const { unsupported, traits, deeds } = faultsOf(text, evidence, { question: '', calls: [] });
  return [
    ...unsupported.map(({ why }) => why),
    ...spokenRefusals(text, plain, evidence),
    ...traits.map(({ word }) => `"${word}" tells of a protected trait.`),
    ...deeds.map(deed => `"${deed}" claims what only a person does.`),
    ...(deeds.length === 0 && told.test(text) ? [`"${text}" claims that something was done.`] : []),
    ...praiseIn(withoutOwners(text, evidence.owners)).map(
      word => `"${word}" is praise that no figure bears out. Say what they do instead.`,
    ),
    ...(text.includes('!') ? [`"${text}" has an exclamation mark. Say it plainly.`] : []),
    ...(/\p{Cc}/u.test(text) ? ['Each text must stand in one line, without signs that steer.'] : []),
    ...idsIn(
      text,
      plain.segments.map(({ key }) => key),
    ),
    ...(/\b[MFT]\d+\b/.test(text)
      ? [`"${text}" shows a label. Say what it stands for, or leave it out.`]
      : []),
  ];
}
