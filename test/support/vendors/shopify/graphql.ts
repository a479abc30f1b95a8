import { createRequire } from 'node:module';

/** One copy of graphql for all: the test runner would take another of its builds than @graphql-tools does. */
export const graphql = createRequire(import.meta.url)('graphql') as typeof import('graphql');
