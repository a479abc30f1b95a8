/** The words by which a reader knows that something was not measured. */
const hedged =
  /\b(?:likely|probably|possibl[ey]|perhaps|maybe|may|might|could|suggests?|points? to|seems?|appears?)\b/i;
/** A cause within what is told as measured. */
const causal = /\b(?:because (?:of )?|due to|caused by|thanks to|owing to|as a result of|blame)\b/i;

/** Whether a text says that it is only likely. */
export const isHedged = (text: string): boolean => hedged.test(text);

/** Whether a text says why something is as it is. */
export const tellsCause = (text: string): boolean => causal.test(text);
