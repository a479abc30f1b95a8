import { readFileSync } from 'node:fs';

/** The package lies one up from src as from dist. */
const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');

export const { version } = JSON.parse(text) as { version: string };
