/** Stands between clauses of a plain text, so that a phrase never runs from one into the next. */
export const BREAK = '|';

/**
 * A text as phrases are looked for in it: lower case, words parted by single spaces, hyphens opened ("one-time" is
 * "one time", but "e-mail" is "email"), clauses parted by a break. Begins and ends with a space.
 */
export function plainText(text: string): string {
  return ` ${text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/\be-?mail/g, 'email')
    .replaceAll(/['’]/g, '')
    .replaceAll(/(?<=[\p{L}\p{N}])-(?=[\p{L}\p{N}])/gu, ' ')
    .replaceAll(/(?<=\d),(?=\d{3})/g, '')
    .replaceAll(/[^\p{L}\p{N}\s%£$€.]|\.(?!\d)/gu, ` ${BREAK} `)
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/\|(?: \|)+/g, BREAK)
    .trim()} `;
}

/** Words of a plain text. */
export function wordsOf(text: string): string[] {
  return plainText(text)
    .split(' ')
    .filter(word => word !== '' && word !== BREAK);
}

/** Abbreviations are rare in these texts; a full stop within a number or a name ends nothing. */
export function sentencesOf(text: string): string[] {
  return text
    .split(/(?<=[.!?]["”’)]?)\s+(?=["“(]?[\p{Lu}\p{N}£$€])/u)
    .map(sentence => sentence.trim())
    .filter(sentence => sentence !== '');
}

/** Patterns over plain text, as whole words: "orders? (often|frequently)". */
export function phrasePattern(phrases: readonly string[]): RegExp {
  return new RegExp(`(?<= )(?:${phrases.join('|')})(?= )`, 'g');
}
