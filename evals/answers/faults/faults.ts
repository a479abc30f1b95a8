import { doingFaults } from './doing.ts';
import type { Fault } from './fault.ts';
import { figureFaults } from './figures.ts';
import { wordingFaults } from './wording.ts';

export type { Fault };

/** Every way in which good answers are spoilt to prove the metrics. */
export const faults: readonly Fault[] = [...figureFaults, ...doingFaults, ...wordingFaults];
