import { InputError } from '../errors.ts';
import { headerKey } from './header.ts';
import { NotData } from './not-data.ts';
import type { Preset } from './preset.ts';
import { presets } from './presets/all.ts';

/** A preset laid over the columns of a file: the position of each field's column. */
export interface Mapping {
  preset: Preset;
  positions: Readonly<Record<string, number | undefined>>;
}

/** The presets that may be tried. Throws InputError for a format that does not exist. */
export function candidates(format: string | undefined): readonly Preset[] {
  if (format === undefined) return presets;
  const chosen = presets.filter(preset => preset.name === format);
  if (chosen.length > 0) return chosen;
  const names = [...new Set(presets.map(preset => preset.name))];
  throw new InputError(
    `There is no format "${format}".`,
    `Use one of ${names.join(', ')}, or leave --format out.`,
  );
}

/** The first preset whose needed columns are all there. */
export function recognise(names: readonly string[], tried: readonly Preset[]): Mapping | undefined {
  const keys = names.map(headerKey);
  for (const preset of tried) {
    const mapping = lay(preset, keys);
    if (missing(mapping).length === 0 && !preset.not?.some(key => keys.includes(key))) return mapping;
  }
  return undefined;
}

/** What was expected, told by the format that comes nearest. */
export function unrecognised(
  path: string,
  place: string,
  headers: readonly (readonly string[])[],
  tried: readonly Preset[],
): NotData {
  const options = headers.flatMap(names => {
    const keys = names.map(headerKey);
    return tried.map(preset => {
      const mapping = lay(preset, keys);
      const absent = missing(mapping);
      const present = needed(preset).length - absent.length;
      return { preset, absent, score: present / needed(preset).length };
    });
  });
  const nearest = options.reduce((best, option) => (option.score > best.score ? option : best));
  const widest = headers.reduce((most, names) => (names.length > most.length ? names : most));
  const shown = widest.slice(0, 8).join(', ') + (widest.length > 8 ? ', …' : '');
  const hint =
    nearest.score > 0
      ? ` It comes nearest to ${nearest.preset.title}, which also needs ${nearest.absent.join(', ')}.`
      : '';
  return new NotData(
    `${path}, ${place} (${shown || 'blank'}) map to no known format.${hint}`,
    `Expected the columns of one of these formats:\n${tried.map(preset => `    ${preset.title}: ${preset.headers}`).join('\n')}`,
  );
}

function lay(preset: Preset, keys: readonly string[]): Mapping {
  const positions: Record<string, number | undefined> = {};
  for (const [field, { from }] of Object.entries(preset.fields)) {
    const key = from.find(name => keys.includes(name));
    positions[field] = key === undefined ? undefined : keys.indexOf(key);
  }
  return { preset, positions };
}

function needed(preset: Preset): string[] {
  const fields = Object.keys(preset.fields).filter(field => preset.fields[field]!.need !== undefined);
  return preset.someOf ? [...fields, 'someOf'] : fields;
}

function missing({ preset, positions }: Mapping): string[] {
  const absent = needed(preset)
    .filter(field => field !== 'someOf' && positions[field] === undefined)
    .map(field => preset.fields[field]!.from[0]!);
  if (preset.someOf?.every(field => positions[field] === undefined))
    absent.push(`one of ${preset.someOf.map(field => preset.fields[field]!.from[0]).join(', ')}`);
  return absent;
}
