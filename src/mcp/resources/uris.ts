/** Addresses of what a client can read; `segment` and `persona` are of one segment. */
export const uris = {
  segments: 'kindred://segments',
  segment: 'kindred://segments/{key}',
  persona: 'kindred://personas/{key}',
  modelCard: 'kindred://model-card',
  readiness: 'kindred://readiness',
  governance: 'kindred://governance',
  digest: 'kindred://digest',
  proposals: 'kindred://proposals',
} as const;

export function uriOf(template: typeof uris.segment | typeof uris.persona, key: string): string {
  return template.replace('{key}', encodeURIComponent(key));
}

/** All of them, for segments of these keys. */
export function allUris(keys: readonly string[]): string[] {
  const fixed = Object.values(uris).filter(uri => !uri.includes('{'));
  return [...fixed, ...keys.flatMap(key => [uriOf(uris.segment, key), uriOf(uris.persona, key)])];
}
