/**
 * What stands before the colon behind which a finding's figures follow, without the full stop.
 * @param names that may hold a colon of their own
 */
export function firstClause(sentence: string, names: readonly string[] = []): string {
  const ends = names
    .filter(name => sentence.includes(name))
    .map(name => sentence.indexOf(name) + name.length);
  const after = Math.max(0, ...ends);
  const [, rest] = /^((?:“[^”]*”|[^“])*?): /u.exec(sentence.slice(after)) ?? [];
  return rest === undefined ? sentence.replace(/\.$/, '') : sentence.slice(0, after) + rest;
}
