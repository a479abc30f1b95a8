/** What is pressed under answers and figures, and what each button carries. Keys and handles stand in values alone. */
export const answerActions = {
  /** Value: `r-12`. */
  evidence: 'answer_evidence',
  /** Value: `good r-12` or `bad r-12`. */
  feedback: 'answer_feedback',
  /** Value: handle of an audience. */
  export: 'audience_export',
  /** Values: key of a segment. */
  segment: 'segment_show',
  segmentEvidence: 'segment_evidence',
  customers: 'segment_customers',
} as const;

/** Forms that are sent. */
export const answerForms = { export: 'audience_export_agreed', feedback: 'answer_feedback_said' } as const;

/** Matches an action also where several of a kind stand in one block, told apart by a number. */
export const anyOf = (action: string) => new RegExp(`^${action}(?:\\.\\d+)?$`);

export const replyValue = (id: number) => `r-${id}`;

/** null where it is none of ours. */
export function replyIn(value: string | undefined): number | null {
  const found = /^r-(\d{1,15})$/.exec(value ?? '');
  return found ? Number(found[1]) : null;
}

export const verdictValue = (verdict: 'good' | 'bad', id: number) => `${verdict} ${replyValue(id)}`;

export function verdictIn(value: string | undefined): { verdict: 'good' | 'bad'; reply: number } | null {
  const [verdict, id] = (value ?? '').split(' ');
  const reply = replyIn(id);
  return reply !== null && (verdict === 'good' || verdict === 'bad') ? { verdict, reply } : null;
}
