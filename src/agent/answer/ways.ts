/** 1: told as a rise, -1: as a fall, 0: as neither or as both. */
export type Way = 1 | -1 | 0;

const rises =
  /\b(?:rose|risen|rises?|rising|grew|grown?|grows|growing|increas\w+|climb\w*|up (?:by|from))\b/i;
const falls =
  /\b(?:fell|fallen|falls?|falling|shrank|shrunk|shrinks?|shrinking|declin\w+|decreas\w+|dwindl\w+|down (?:by|from))\b/i;

export function wayOf(text: string): Way {
  const [up, down] = [rises.test(text), falls.test(text)];
  return up === down ? 0 : up ? 1 : -1;
}
