/** A sentence with something said beside it: in the brackets that it ends with, or in some of its own. */
export function withAside(sentence: string, aside: string): string {
  return /\)\.$/.test(sentence)
    ? sentence.replace(/\)\.$/, () => `; ${aside}).`)
    : `${sentence.replace(/\.$/, '')} (${aside}).`;
}
