/** What a JSON:API filter asks: all of these. */
export interface Condition {
  operator: string;
  field: string;
  values: string[];
}

/** Reads `equals(a,"b"),any(c,["d","e"])`; null where it is not written so. */
export function readFilter(text: string): Condition[] | null {
  const conditions: Condition[] = [];
  let rest = text;
  while (rest !== '') {
    const call =
      /^([a-z-]+)\(([a-z_.]+),(\[(?:"(?:[^"\\]|\\.)*",?)*\]|"(?:[^"\\]|\\.)*"|[^,()"]+)\)(?:,(?=.)|$)/.exec(
        rest,
      );
    if (!call) return null;
    const [whole, operator, field, value] = call as unknown as [string, string, string, string];
    const quoted = [...value.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, inner]) =>
      inner!.replace(/\\(.)/g, '$1'),
    );
    conditions.push({ operator, field, values: /^["[]/.test(value) ? quoted : [value] });
    rest = rest.slice(whole.length);
  }
  return conditions;
}

/** Whether a record fulfils them all; times are compared as moments. */
export function fulfils(
  conditions: readonly Condition[],
  record: Readonly<Record<string, string | null>>,
): boolean {
  return conditions.every(({ operator, field, values }) => {
    const has = record[field] ?? null;
    if (operator === 'equals' || operator === 'any') return has !== null && values.includes(has);
    if (has === null) return false;
    const [a, b] = [Date.parse(has), Date.parse(values[0]!)];
    if (Number.isNaN(b)) throw new Error(`No moment in ${operator}(${field}, …).`);
    if (operator === 'greater-than') return a > b;
    if (operator === 'greater-or-equal') return a >= b;
    if (operator === 'less-than') return a < b;
    return a <= b;
  });
}

/** Fields and operators that the description of an operation's filter allows. */
export function allowedFilters(description: string): Map<string, string[]> {
  const allowed = new Map<string, string[]>();
  for (const [, field, operators] of description.matchAll(/<br>`([^`]+)`: ((?:`[a-z-]+`(?:, )?)+)/g))
    allowed.set(
      field!,
      [...operators!.matchAll(/`([^`]+)`/g)].map(([, operator]) => operator!),
    );
  return allowed;
}
