import type { Archetype } from './archetype.ts';
import { arriving } from './archetypes-arriving.ts';
import { leaving } from './archetypes-leaving.ts';
import { manner } from './archetypes-manner.ts';
import { staying } from './archetypes-staying.ts';

/** Every archetype that a segment may be matched to. */
export const archetypes: readonly Archetype[] = [...staying, ...arriving, ...leaving, ...manner];
