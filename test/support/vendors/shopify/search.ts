/** What the vendor's search syntax asks for, as far as it is used: `key:value`, `key:>='value'`, all of them at once. */
export type Terms = { key: string; operator: string; value: string }[];

export function termsOf(query: string): Terms {
  const terms: Terms = [];
  let rest = query.trim();
  while (rest !== '') {
    const found = /^(\w+):(>=|<=|>|<)?(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|(\S+))\s*/.exec(rest);
    if (!found) throw new Error(`The mock does not understand the search ${query}`);
    const quoted = (found[3] ?? found[4])?.replaceAll(/\\(.)/g, '$1');
    terms.push({ key: found[1]!, operator: found[2] ?? '=', value: quoted ?? found[5]! });
    rest = rest.slice(found[0].length);
  }
  return terms;
}

/** Times of customers match whole days; those of other records match to the second. */
export function matches(
  row: { changed: string; tags?: readonly string[]; id: number; days: boolean },
  terms: Terms,
): boolean {
  return terms.every(({ key, operator, value }) => {
    if (key === 'tag') return (row.tags ?? []).some(tag => tag.toLowerCase() === value.toLowerCase());
    if (key === 'id') return compare(row.id, Number(value), operator);
    if (key !== 'updated_at') throw new Error(`The mock does not search by ${key}`);
    const seconds = (time: string) => Math.floor(Date.parse(time) / (row.days ? 86_400_000 : 1000));
    // The whole day that is named may be taken for before what is asked for.
    return compare(seconds(row.changed), seconds(value), row.days && operator === '>=' ? '>' : operator);
  });
}

function compare(one: number, other: number, operator: string): boolean {
  if (operator === '>=') return one >= other;
  if (operator === '>') return one > other;
  if (operator === '<=') return one <= other;
  return operator === '<' ? one < other : one === other;
}
