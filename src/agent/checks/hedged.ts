/** The words by which a reader knows that something was not measured. */
const hedged =
  /\b(?:likely|probably|possibl[ey]|perhaps|maybe|may|might|could|suggests?|points? to|seems?|appears?)\b/i;
/** A cause within what is told as measured; "say thanks to them" is none. */
const causal =
  /\b(?:because(?: of)?|due to|caused by|(?<!\b(?:say|send|give|with|and|our|your|a|personal) )thanks to|owing to|as a result of|blame)\b/gi;

/** Whether a text says that it is only likely. */
export const isHedged = (text: string): boolean => hedged.test(text);

/**
 * Whether a text tells as a fact why something is as it is.
 *
 * @param measured sentences of moves, of which what drove them was measured and may be said again
 */
export function tellsCause(text: string, measured: readonly string[] = []): boolean {
  if (isHedged(text)) return false;
  const drivers = measured.map(sentence => stemsOf(/\bbecause\b(.*)/s.exec(sentence)?.[1] ?? ''));
  return [...text.matchAll(causal)].some(({ index, 0: words }) => {
    const said = stemsOf(text.slice(index + words.length));
    return !drivers.some(driver => [...said].filter(stem => driver.has(stem)).length >= leastShared);
  });
}

/** "They order more often" and "they ordered more often (0.44 to 0.93 a month)" share three words. */
const leastShared = 2;

const stemsOf = (text: string) =>
  new Set(
    (text.toLowerCase().match(/\p{L}{4,}/gu) ?? [])
      .filter(word => !/^(?:they|have|been|that|than|with|their|from|this)$/.test(word))
      .map(word => word.slice(0, 4)),
  );
