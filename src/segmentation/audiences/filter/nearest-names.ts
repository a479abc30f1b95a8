/** So many characters of a name are compared; what comes after tells little and costs much. */
const compared = 60;
/** Names less alike than this (0..1) are no help. */
const leastAlike = 0.5;

/**
 * The names that are most like one that is not among them, best first: by letters left out, added, changed or swapped,
 * or by the words that they share.
 */
export function nearestNames(wanted: string, names: readonly string[], most = 3): string[] {
  const plain = plainName(wanted);
  const grams = trigrams(plain);
  const likeWanted = (other: string) => Math.max(likeness(plain, other), wordsAlike(plain, other));
  const candidates = [...new Set(names)].map(name => {
    const other = plainName(name);
    return { name, other, shared: dice(grams, trigrams(other)) };
  });
  return (
    candidates
      // Counting edits is slow: of very many names only those that share letters are worth it.
      .sort((a, b) => b.shared - a.shared || byCode(a.name, b.name))
      .slice(0, 500)
      .map(({ name, other, shared }) => ({ name, alike: Math.max(shared, likeWanted(other)) }))
      .filter(({ alike }) => alike >= leastAlike)
      .sort((a, b) => b.alike - a.alike || byCode(a.name, b.name))
      .slice(0, most)
      .map(({ name }) => name)
  );
}

/** Upper and lower case are the same, and so are marks between words: "Email_Link-Clicked" is "email link clicked". */
export function plainName(name: string): string {
  return name
    .slice(0, 4 * compared)
    .normalize('NFKC')
    .replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

const byCode = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function trigrams(text: string): Set<string> {
  const padded = `  ${text.slice(0, compared)} `;
  return new Set(Array.from({ length: Math.max(padded.length - 2, 0) }, (_, i) => padded.slice(i, i + 3)));
}

/** 2 |a and b| / (|a| + |b|), in 0..1. */
function dice(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let shared = 0;
  for (const gram of a) if (b.has(gram)) shared++;
  return (2 * shared) / Math.max(a.size + b.size, 1);
}

/** 1 - edits / length, in 0..1. */
function likeness(a: string, b: string): number {
  const [left, right] = [a.slice(0, compared), b.slice(0, compared)];
  return 1 - edits(left, right) / Math.max(left.length, right.length, 1);
}

/** How well each word is found again, on average; less than a whole name that is found again. */
function wordsAlike(wanted: string, other: string): number {
  const words = wanted.split(' ').slice(0, 6);
  const others = other.split(' ').slice(0, 12);
  const sum = words.reduce((total, word) => total + Math.max(...others.map(at => likeness(word, at))), 0);
  return (0.8 * sum) / words.length;
}

/** Letters left out, added, changed, or swapped with the next: optimal string alignment (Damerau 1964). */
function edits(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = last[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped =
        i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
          ? beforeLast[j - 2]! + 1
          : Number.POSITIVE_INFINITY;
      row.push(Math.min(last[j]! + 1, row[j - 1]! + 1, changed, swapped));
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length]!;
}
