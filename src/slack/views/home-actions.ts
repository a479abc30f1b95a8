/** What is pressed in the Home tab; answered in the messages with Kindred. */
export const homeActions = {
  ask: 'home_ask',
  moves: 'home_moves',
  drift: 'home_drift',
} as const;
