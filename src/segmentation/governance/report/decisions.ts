import { standingDecision } from '../../../governance/decisions.ts';
import { code, plain } from '../../markdown.ts';
import type { ReportFacts } from './facts.ts';
import { blank, section, table } from './markdown.ts';

/** Who decided what, when and why. `kindred` decides to block only. */
export function decisionsSection({ decisions, proposals }: ReportFacts): string {
  const withoutBasis = new Set(
    decisions
      .map(({ feature }) => standingDecision(decisions, feature)!)
      .filter(({ effect, lawfulBasis }) => effect === 'allow' && lawfulBasis === null)
      .map(({ feature }) => feature),
  );
  return section(
    '5. Decisions, by whom and when',
    '`kindred` stands for what a command or a schedule did by itself; all else was decided by people, who gave their names themselves.',
    '### Features',
    table(
      ['Date', 'Feature', 'Decision', 'Lawful basis', 'By', 'Reason'],
      decisions.map(decision => [
        decision.at.slice(0, 10),
        code(decision.feature),
        `${decision.effect === 'allow' ? 'allowed' : 'blocked'}${standingDecision(decisions, decision.feature) === decision ? '' : ', replaced since'}`,
        decision.effect === 'block' ? '' : (decision.lawfulBasis?.replaceAll('-', ' ') ?? 'not recorded'),
        plain(decision.decidedBy),
        plain(decision.reason),
      ]),
      'None was needed so far.',
    ),
    withoutBasis.size === 0
      ? ''
      : `Allowed before a basis was asked for: ${[...withoutBasis].map(code).join(', ')}. ${blank('basis; record it with kindred allow')}`,
    '### Proposals',
    table(
      ['Proposal', 'What', 'Opened', 'Status', 'Decided', 'Reason'],
      proposals.map(({ id, summary, createdAt, createdBy, status, decidedAt, decidedBy, reason }) => [
        id,
        plain(summary),
        `${createdAt.slice(0, 10)} by ${plain(createdBy)}`,
        status,
        decidedAt ? `${decidedAt.slice(0, 10)} by ${plain(decidedBy ?? '')}` : '',
        plain(reason ?? ''),
      ]),
      'None was opened so far.',
    ),
  );
}
