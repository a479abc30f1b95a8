import { refuse, refuseArguments } from './refusal.ts';

export type Args = Record<string, unknown>;

/** Arguments as they were sent: forms carry structured ones as JSON in text, JSON bodies as they are. */
export function readArguments(contentType: string, body: Buffer): Args {
  if (contentType.startsWith('multipart/')) return {};
  const text = body.toString('utf8');
  if (contentType.startsWith('application/json')) {
    try {
      const parsed: unknown = text === '' ? {} : JSON.parse(text);
      if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return parsed as Args;
    } catch {
      refuse('invalid_json');
    }
    refuse('json_not_object');
  }
  return Object.fromEntries(new URLSearchParams(text));
}

export function textOf(args: Args, name: string): string | undefined {
  const value = args[name];
  if (value === undefined || value === null || value === '') return undefined;
  return String(value);
}

export function neededText(args: Args, name: string, code = 'invalid_arguments'): string {
  const value = textOf(args, name);
  if (value !== undefined) return value;
  return code === 'invalid_arguments'
    ? refuseArguments(code, [`missing required field: ${name}`])
    : refuse(code);
}

export function truth(args: Args, name: string): boolean {
  return ['true', '1'].includes(String(args[name] ?? ''));
}

/** A structured argument: given as such or as JSON in text. */
export function structured(args: Args, name: string, code = 'invalid_arguments'): unknown {
  const value = args[name];
  if (typeof value !== 'string') return value ?? undefined;
  if (value === '') return undefined;
  try {
    return JSON.parse(value);
  } catch {
    return refuseArguments(code, [`${name} is not JSON`]);
  }
}

export function listOf<T>(args: Args, name: string, code = 'invalid_arguments'): T[] | undefined {
  const value = structured(args, name, code);
  if (value === undefined) return undefined;
  if (!Array.isArray(value)) return refuseArguments(code, [`must be an array [json-pointer:/${name}]`]);
  return value as T[];
}

export function objectOf(args: Args, name: string, code = 'invalid_arguments'): Args | undefined {
  const value = structured(args, name, code);
  if (value === undefined) return undefined;
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return refuseArguments(code, [`must be an object [json-pointer:/${name}]`]);
  return value as Args;
}

/** One page of a list by `limit` and `cursor`, with what the response says of the next. */
export function pageOf<T>(args: Args, all: T[], most: number): { page: T[]; more: Args } {
  const cursor = textOf(args, 'cursor');
  const start = cursor === undefined ? 0 : Number(Buffer.from(cursor, 'base64').toString('utf8').slice(5));
  if (!Number.isInteger(start)) refuse('invalid_cursor');
  const limit = Math.min(Number(textOf(args, 'limit') ?? 100), most);
  if (!(limit >= 1)) refuse('invalid_limit');
  const end = start + limit;
  const next = end < all.length ? Buffer.from(`next:${end}`).toString('base64') : '';
  return {
    page: all.slice(start, end),
    more: { has_more: next !== '', response_metadata: { next_cursor: next } },
  };
}
