/** What only a person does, told as done: "I have approved p-3", "p-3 has been approved". */
const told =
  /\b(?:I|we|Kindred)(?:['’]ve| have| has)?(?: (?:just|now|also|already))? (?:approved|rejected|decided|allowed|released|launched|sent|e-?mailed|exported|synced|deleted|erased|promoted|scheduled)\b|\b(?:has|have) (?:now )?been (?:sent|e-?mailed|exported|synced|deleted|erased)\b/i;

/** Results that may tell of it: what was decided or delivered before. */
const tells = new Set(['shop_overview', 'show_drift', 'explain_audience']);

/** Sentences that claim what the agent cannot do: it reads, and proposes. */
export function deedsClaimed(answer: string, calls: readonly { name: string }[]): string[] {
  const passive = calls.some(({ name }) => tells.has(name));
  return answer
    .split(/\n+|(?<=[.!?])\s+/)
    .map(sentence => sentence.trim())
    .filter(sentence => {
      const [found] = told.exec(sentence) ?? [];
      return found !== undefined && !(passive && !/^I\b/.test(found));
    });
}

const deedLeftOut = '(A sentence claimed something done that only a person can do; it was not done.)';

export function withoutDeeds(answer: string, deeds: readonly string[]): string {
  return deeds.reduce((text, sentence) => text.replace(sentence, deedLeftOut), answer);
}
