import type { Ground } from '../../../governance/blocked-terms.ts';
import type { NameKind } from '../../../segmentation/governance/shop-names.ts';
import type { ToolContext } from '../../../tools/tool.ts';
import type { ModelAccess } from '../../model/access.ts';
import { readPrompt } from '../../prompts.ts';
import { askFor } from '../../structured.ts';
import { type Candidate, candidates, decisionsSoFar, lineOf } from './candidates.ts';
import { type Flag, faultsOf, flagsTooMany, readingSchema, soundFlags } from './reading.ts';

type Context = Pick<ToolContext, 'warehouse' | 'state' | 'now' | 'actor' | 'progress' | 'signal' | 'turn'>;

/** What a model read, and what came of it. */
export interface NamesReview {
  model: string;
  /** Names that it was shown and answered on. */
  read: number;
  /** Names that it did not come to. */
  unread: number;
  /** Kept out from now on, until a person allows or releases them. */
  blocked: ReviewedFlag[];
  /** Flagged in an answer that flags most of what it was shown: nothing was blocked, and a person has to look. */
  doubtful: ReviewedFlag[];
  /** What went wrong on the way, as sentences. */
  troubles: string[];
}

export interface ReviewedFlag {
  kind: NameKind | 'feature';
  /** As it stands in the data; a feature's id. */
  terms: string[];
  ground: Ground;
  why: string;
  confidence: Flag['confidence'];
}

/** Names in one request: few enough that none is skipped. */
const AT_ONCE = 120;

/**
 * Has a model read names that nobody has judged yet, and blocks what it flags at once: blocking needs no approval, using
 * again does. It is told names alone, no counts. What it blocks, `kindred` has blocked, with the reason it gave.
 */
export async function reviewNames(
  context: Context,
  { access, surface }: { access: ModelAccess; surface: string },
): Promise<NamesReview> {
  const prompt = await readPrompt('sensitive');
  const all = await context.turn('review of names', () => candidates(context));
  const review: NamesReview = {
    model: access.id,
    read: 0,
    unread: all.length,
    blocked: [],
    doubtful: [],
    troubles: [],
  };
  for (const batch of batchesOf(all)) {
    context.progress({ stage: 'Having the names read', done: review.read, total: all.length });
    const asked = await askFor({
      context,
      access,
      surface,
      purpose: 'sensitive',
      prompt,
      data: dataOf(batch),
      schema: readingSchema,
      check: reading => faultsOf(reading, batch),
    });
    const reading = asked.kind === 'answered' ? asked.value : asked.last;
    if (asked.kind !== 'answered') review.troubles.push(asked.why);
    // What was read before stands; the rest waits for another review.
    if (asked.kind === 'failed' && reading === null) break;
    if (reading === null) continue;
    review.read += batch.length;
    review.unread -= batch.length;
    const flags = soundFlags(reading, batch).map(reviewed);
    if (flagsTooMany(reading, batch)) review.doubtful.push(...flags);
    else {
      const blocked = await context.turn('block names', () => blockAll(context, access.id, flags));
      review.blocked.push(...blocked);
    }
  }
  return review;
}

/** Features apart from names: that most of one kind are flagged must not hide among the other. */
function batchesOf(all: readonly Candidate[]): Candidate[][] {
  const [features, names] = [true, false].map(of => all.filter(({ kind }) => (kind === 'feature') === of));
  return [features!, names!].flatMap(list =>
    Array.from({ length: Math.ceil(list.length / AT_ONCE) }, (_, i) =>
      list.slice(i * AT_ONCE, (i + 1) * AT_ONCE),
    ),
  );
}

function dataOf(batch: readonly Candidate[]): string {
  return `The names, one a line, each after what it is a name of:\n\n${batch.map(lineOf).join('\n')}`;
}

function reviewed({ flag, candidate }: { flag: Flag; candidate: Candidate }): ReviewedFlag {
  const { ground, confidence } = flag;
  const why = flag.why.replaceAll(/[\p{C}\p{Z}\s]+/gu, ' ').trim();
  return { kind: candidate.kind, terms: candidate.terms, ground, why, confidence };
}

/** Blocks what nobody decided on while the model read, and gives that. */
async function blockAll(
  { state, now }: Context,
  model: string,
  flags: readonly ReviewedFlag[],
): Promise<ReviewedFlag[]> {
  const at = now().toISOString();
  const blockedBy = 'kindred';
  const { decided, released } = await decisionsSoFar(state);
  const open = flags.filter(({ kind, terms }) => !terms.some(kind === 'feature' ? decided : released));
  for (const { kind, terms, ground, why, confidence } of open) {
    const reason = `${why} (as ${model} reads it, confidence ${confidence})`;
    if (kind === 'feature')
      await state.decisions.record({
        feature: terms[0]!,
        effect: 'block',
        lawfulBasis: null,
        decidedBy: blockedBy,
        at,
        reason: `${ground}: ${reason}`,
      });
    else await state.blockedTerms.block(terms.map(term => ({ term, ground, reason, blockedBy, at })));
  }
  return open;
}
