/** A change that waits for a person. */
export interface Proposal {
  /** Short and sayable: "p-12". */
  id: string;
  kind: 'promotion';
  /** The id of what is proposed: a candidate model. */
  subject: string;
  status: 'open' | 'approved' | 'rejected' | 'superseded';
  /** One sentence for lists. */
  summary: string;
  /** The comparison that the person decides by; its shape follows from `kind`. */
  body: Record<string, unknown>;
  createdAt: string;
  createdBy: string;
  decidedAt: string | null;
  decidedBy: string | null;
  reason: string | null;
}

export interface ProposalRepository {
  /** Newest first. */
  list(): Promise<Proposal[]>;
  byId(id: string): Promise<Proposal | undefined>;
  /** Opens a proposal; an open one of the same kind becomes superseded. Recorded in the audit. */
  open(
    proposal: Pick<Proposal, 'kind' | 'subject' | 'summary' | 'body' | 'createdAt' | 'createdBy'>,
  ): Promise<Proposal>;
  /** Closes an open one without carrying it out; false where it is no longer open. Recorded in the audit. */
  reject(id: string, decision: { at: string; by: string; reason: string }): Promise<boolean>;
}
