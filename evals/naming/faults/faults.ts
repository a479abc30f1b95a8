import { directionFaults } from './directions.ts';
import type { Fault } from './fault.ts';
import { mixUps } from './mix-ups.ts';
import { numberFaults } from './numbers.ts';
import { actionFaults, leakFaults, wordFaults } from './words.ts';

/** Every fault, each with the metric that is meant for it. */
export const faults: readonly Fault[] = [
  ...numberFaults,
  ...directionFaults,
  ...mixUps,
  ...leakFaults,
  ...wordFaults,
  ...actionFaults,
];
