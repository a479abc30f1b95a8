import type { Args } from '../arguments.ts';
import type { World } from '../world.ts';

/** A method of the Web API. */
export interface Method {
  /** Any of these opens it; the ones that depend on the channel are asked for inside. */
  scopes: string[];
  token?: 'bot' | 'app';
  /** Calls a minute where limits are switched on; `post`: one a second and channel. */
  limit: number | 'post';
  run(world: World, args: Args, base: string): Record<string, unknown>;
}

export const tier2 = 20;
export const tier3 = 50;
export const tier4 = 100;

export type Methods = Record<string, Method>;
