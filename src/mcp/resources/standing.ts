import type { Annotations, Resource } from '@modelcontextprotocol/server';
import { plainName } from '../../segmentation/audiences/filter/nearest-names.ts';
import { tamed } from '../../segmentation/wording.ts';
import type { State } from '../../state/state.ts';
import { uriOf, uris } from './uris.ts';

interface Kind {
  template: typeof uris.segment | typeof uris.persona;
  /** Of any of them. */
  title: string;
  description: string;
  /** Of one, as a person reads it in a list. */
  titled(name: string): string;
  described(name: string): string;
  annotations: Annotations;
}

export const segmentKind: Kind = {
  template: uris.segment,
  title: 'Segment',
  description: 'Figures, habits, moves and predictions of a segment',
  titled: name => `Segment: ${name}`,
  described: name => `Figures, habits, moves and predictions of “${name}”`,
  annotations: { audience: ['user', 'assistant'], priority: 0.7 },
};

export const personaKind: Kind = {
  template: uris.persona,
  title: 'Persona',
  description: 'Who the customers of a segment are, what to do for them and what not, and the evidence',
  titled: name => `Persona: ${name}`,
  described: name => `Who the customers of “${name}” are, what to do for them and what not, and the evidence`,
  annotations: { audience: ['user', 'assistant'], priority: 0.8 },
};

/** Each segment that stands, in their order; none where nothing was segmented yet. */
export async function standingResources({ models }: State, kind: Kind): Promise<Resource[]> {
  const { segments = [] } = (await models.current()) ?? {};
  const lastModified = (await models.lastChange())?.at;
  return segments.map(({ key, persona }) => {
    const name = tamed(persona.name);
    return {
      uri: uriOf(kind.template, key),
      name: kind.titled(name),
      title: kind.titled(name),
      description: kind.described(name),
      annotations: { ...kind.annotations, ...(lastModified === undefined ? {} : { lastModified }) },
    };
  });
}

/** Keys that begin with what was typed, then those of which a word of the name does. */
export async function completeKeys({ models }: State, typed: string): Promise<string[]> {
  const { segments = [] } = (await models.current()) ?? {};
  const wanted = plainName(typed);
  const begin = segments.filter(({ key }) => plainName(key).startsWith(wanted));
  const hold = segments.filter(
    each => !begin.includes(each) && ` ${plainName(each.persona.name)}`.includes(` ${wanted}`),
  );
  return [...begin, ...hold].map(({ key }) => key);
}
