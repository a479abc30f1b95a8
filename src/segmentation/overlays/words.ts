/** What a sector calls its customers and their orders. */
export interface Words {
  /** Plural: "guests". */
  people: string;
  order: string;
  /** The verb, as after "they": "book". */
  toOrder: string;
  ordered: string;
}

export const shopWords: Words = {
  people: 'customers',
  order: 'order',
  toOrder: 'order',
  ordered: 'ordered',
};

/** A text about customers in which orders are things, not what they do, in the words of the sector. */
export function inWords(text: string, words: Words): string {
  if (words === shopWords) return text;
  return text
    .replace(/\b(customers|buyers|shoppers)\b/g, words.people)
    .replace(/\border\b/g, words.order)
    .replace(/\borders\b/g, `${words.order}s`)
    .replace(/\bordered\b/g, words.ordered);
}
