/** What is pressed under digests and alerts. */
export const digestActions = {
  moves: 'digest_moves',
  drift: 'digest_drift',
  proposals: 'digest_proposals',
  ask: 'digest_ask',
} as const;
