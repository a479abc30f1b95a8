/** How a sector speaks of its customers and their orders. */
export interface Words {
  /** Plural: "guests". */
  people: string;
  /** Pronoun: "who" for people, "that" for companies. */
  who: string;
  order: string;
  /** The verb, as after "they": "book". */
  toOrder: string;
  ordered: string;
  /** Ids of features that mean little there, so that no text speaks of them. */
  unsaid: readonly string[];
}

export const shopWords: Words = {
  people: 'customers',
  who: 'who',
  order: 'order',
  toOrder: 'order',
  ordered: 'ordered',
  unsaid: [],
};

/** A text about customers in which orders are things, not what they do, in the words of the sector. */
export function inWords(text: string, words: Words): string {
  if (words === shopWords) return text;
  return text
    .replace(/\b(customers|buyers|shoppers)\b/g, words.people)
    .replace(/\ban order\b/g, `${articleOf(words.order)} ${words.order}`)
    .replace(/\border\b/g, words.order)
    .replace(/\borders\b/g, `${words.order}s`)
    .replace(/\bordered\b/g, words.ordered);
}

/** A text that says what they do, as "order often" and "orders {x} times a month", in the words of the sector. */
export function doingInWords(text: string, words: Words): string {
  const { toOrder } = words;
  const done = text
    .replace(/^(never )?orders\b/, `$1${toOrder}s`)
    .replace(/(^|\bto )order\b/g, `$1${toOrder}`);
  return inWords(done, words);
}

/** The features that texts speak of. */
export function saidOf<Of extends { id: string }>(features: readonly Of[], { unsaid }: Words): readonly Of[] {
  return unsaid.length === 0 ? features : features.filter(({ id }) => !unsaid.includes(id));
}

/** "an order", "a booking". */
export function articleOf(noun: string): string {
  return /^[aeiou]/.test(noun) ? 'an' : 'a';
}
