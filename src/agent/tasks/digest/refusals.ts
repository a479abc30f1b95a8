import { linksRefused } from '../../../segmentation/links.ts';
import type { Evidence } from '../../answer/evidence.ts';
import { faultsOf } from '../../answer/faults.ts';
import { isHedged, tellsCause } from '../../checks/hedged.ts';
import { sentencesOf } from '../../checks/plain-text.ts';
import { idsIn } from '../../checks/shown-ids.ts';
import type { Digest } from './digest.ts';
import type { DigestDraft } from './draft.ts';
import type { DigestSheet } from './sheet.ts';

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

/** Words by which a reader knows that data is missing. */
const missing =
  /\b(?:feeds?|data|arriv\w*|deliver\w*|imports?|exports?|stopped coming|missing|silent|silence)\b/i;
const alarming =
  /\b(?:alarm(?:ing)?|alert|urgent(?:ly)?|worr(?:y|ying)|crisis|plung\w+|crash\w*|collaps\w+|at once|immediately)\b/i;

function headlineRefusals(headline: string, { state }: Digest): string[] {
  const quiet = state === 'quiet' || state === 'watch' || state === 'found';
  return [
    ...(sentencesOf(headline).length === 1 ? [] : ['The headline must be one sentence.']),
    ...(state === 'feed' && !missing.test(headline)
      ? ['The headline must say that data stopped arriving, as nothing else can be trusted until it is back.']
      : []),
    ...(quiet && alarming.test(headline.replaceAll(/\bno (?:alarm|alert)s?\b/gi, ''))
      ? ['The headline sounds an alarm, and there is none.']
      : []),
    ...(tellsCause(headline) && !isHedged(headline)
      ? ['The headline tells a cause as a fact: nobody has measured it.']
      : []),
  ];
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

function todoRefusals({ todo, moves }: DigestDraft, { sheet, pinned }: DigestBasis): string[] {
  const wrong = [...sheet.todo.keys()]
    .slice(0, pinned)
    .filter((label, i) => todo[i]?.candidate !== label)
    .map(label => `${label} has to stand among the first, in its place: it comes before all else.`);
  return [
    ...wrong,
    ...(sheet.moves.size > 0 && moves.length === 0 ? ['Name the move that matters most.'] : []),
    ...todo.flatMap(({ candidate, action }) => {
      const known = sheet.todo.get(candidate)?.action ?? '';
      return commandsIn(action)
        .filter(command => !known.includes(command))
        .map(command => `"${command}" does not stand in ${candidate}: name no other command.`);
    }),
  ];
}

const commandsIn = (text: string) => text.match(/\bkindred [a-z-]+/g) ?? [];

function textRefusals(text: string, { evidence, plain }: DigestBasis): string[] {
  const { unsupported, traits, deeds } = faultsOf(text, evidence, { question: '', calls: [] });
  return [
    ...unsupported.map(({ why }) => why),
    ...traits.map(({ word }) => `"${word}" tells of a protected trait.`),
    ...deeds.map(deed => `"${deed}" claims what only a person does.`),
    ...idsIn(
      text,
      plain.segments.map(({ key }) => key),
    ),
    ...(/\b[MFT]\d+\b/.test(text)
      ? [`"${text}" shows a label. Say what it stands for, or leave it out.`]
      : []),
  ];
}
