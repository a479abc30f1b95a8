/**
 * Brings a value into the form that jsonb keeps and gives back unchanged. Text loses what PostgreSQL cannot store
 * (NUL, halves of surrogate pairs), -0 becomes 0, and properties that are undefined are left out.
 *
 * @throws Error (a defect of ours) on NaN and infinite numbers, which JSON would quietly turn into null, and on
 * anything but plain objects, arrays, text, numbers, booleans and null.
 */
export function plainJson<T>(value: T, path = 'value'): T {
  return plain(value, path) as T;
}

function plain(value: unknown, path: string): unknown {
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'string') return plainText(value);
  if (typeof value === 'number') {
    if (Number.isFinite(value)) return value + 0;
    throw new Error(`${path} is ${value}: only finite numbers can be kept.`);
  }
  if (Array.isArray(value)) return value.map((item, i) => plain(item, `${path}[${i}]`));
  if (typeof value === 'object' && isPlain(value))
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, item]) => item !== undefined)
        .map(([key, item]) => [plainText(key), plain(item, `${path}.${key}`)]),
    );
  throw new Error(`${path} is ${describe(value)}: only plain data can be kept.`);
}

export function plainText(value: string): string {
  return value.replaceAll('\0', '').replaceAll(/\p{Surrogate}/gu, '\ufffd');
}

function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function describe(value: unknown): string {
  return typeof value === 'object' && value !== null
    ? `a ${value.constructor.name}`
    : `of type ${typeof value}`;
}
