import type { PlanBody } from '../../activation/sync.ts';
import type { LawfulBasis } from '../../governance/decisions.ts';
import type { Sensitivity } from '../../governance/sensitivity.ts';
import type { Proposal, ProposalKind } from '../../state/proposals.ts';
import type { Persona } from '../model.ts';
import type { Comparison } from '../recluster/comparison.ts';
import type { RecipeDifferences } from '../what-if/differences.ts';

/** What a person decides by, by the kind of the proposal. */
export type ProposalBody =
  | { kind: 'promotion'; body: Comparison }
  | { kind: 'weights' | 'recipe'; body: RecipeBody }
  | { kind: 'persona'; body: PersonaBody }
  | { kind: 'feature'; body: FeatureBody }
  | { kind: 'sync'; body: SyncBody };

/** Segments by another recipe, and what speaks for it. */
export interface RecipeBody extends Comparison {
  why: string;
  /** Of each weight that is asked for; empty for a recipe. */
  reasons: WeightReason[];
  differences: RecipeDifferences;
}

export interface WeightReason {
  /** A feature's id, or a class of features. */
  of: string;
  label: string;
  weight: number;
  reason: string;
}

/** What of a persona is written anew; keys, archetypes and figures stay. */
export type PersonaTexts = Pick<
  Persona,
  'name' | 'sentence' | 'paragraph' | 'evidence' | 'action' | 'avoid' | 'neutralName'
>;

export interface PersonaBody {
  modelId: string;
  /** The date whose figures the texts were written from. */
  asOf: string;
  why: string;
  texts: { key: string; before: PersonaTexts; after: PersonaTexts }[];
}

export interface FeatureBody {
  feature: string;
  label: string;
  sensitivity: Sensitivity;
  lawfulBasis: LawfulBasis;
  why: string;
}

/** Members of an audience go to a file, or to a destination that is connected. */
export type SyncBody = FileBody | PlanBody;

export interface FileBody {
  handle: string;
  name: string;
  /** `file`: for the person who approves it. */
  destination: 'file';
  purpose: string;
  /** Members when it was proposed, as of `asOf`; who they are is looked up when it is carried out. */
  customers: number;
  asOf: string;
}

/** The one place that knows which body belongs to which kind. */
export function bodyOf({ kind, body }: Pick<Proposal, 'kind' | 'body'>): ProposalBody {
  return { kind, body } as unknown as ProposalBody;
}

/** Whether it writes people to a file, which takes somewhere to put it. */
export function writesFile(proposal: Pick<Proposal, 'kind' | 'body'>): boolean {
  const { kind, body } = bodyOf(proposal);
  return kind === 'sync' && body.destination === 'file';
}

/** A proposal that can be opened: what it says in a sentence, and what it is decided by. */
export interface Draft {
  kind: ProposalKind;
  subject: string;
  summary: string;
  body: ProposalBody['body'];
}

/** The texts of a persona in the order in which a person reads them, with their titles. */
export const textTitles = [
  ['name', 'Name'],
  ['sentence', 'Definition'],
  ['paragraph', 'Description'],
  ['action', 'What to do'],
  ['avoid', 'What not to do'],
  ['neutralName', 'On ad platforms'],
] as const satisfies readonly (readonly [keyof PersonaTexts, string])[];
