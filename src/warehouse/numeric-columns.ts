/** Joins blocks into one array and lets go of them, so that at most one column is held twice. */
export function joined(blocks: Float64Array[]): Float64Array {
  const whole = new Float64Array(blocks.reduce((sum, block) => sum + block.length, 0));
  let offset = 0;
  for (const block of blocks) {
    whole.set(block, offset);
    offset += block.length;
  }
  blocks.length = 0;
  return whole;
}
