import type { GraphQLSchema } from 'graphql';
import { bulkLines, bulkProblem } from './bulk.ts';
import { gid } from './rows.ts';
import type { Shop } from './shop.ts';

/** The bulk operations of a shop: each runs for some looks at it, over what the shop held when it began. */
export interface BulkOperations {
  run(query: string): Promise<{ bulkOperation: object | null; userErrors: object[] }>;
  look(id: string): object | null;
  all(): { id: string; status: string }[];
  /** The file of an operation. */
  file(number: number): string | undefined;
  /** Forgets all files, as the vendor does after a week. */
  expire(): void;
  /** Turns away so many attempts to begin one: another app's run. */
  occupy(attempts: number): void;
  /** Has the next so many operations fail. */
  fail(errorCode: string, times?: number): void;
}

/** How lines stand in a file. */
export type LineOrder = 'as told' | 'children first' | 'mixed';

interface Operation {
  id: string;
  query: string;
  createdAt: string;
  looks: number;
  errorCode: string | null;
  expired: boolean;
  lines: string[];
}

const limit = 5;

export function bulkOperations(
  schema: GraphQLSchema,
  shop: () => Shop,
  options: { now: () => Date; url: () => string; looks: number; order: LineOrder },
): BulkOperations {
  const operations: Operation[] = [];
  let occupied = 0;
  let failing: string[] = [];
  const statusOf = ({ looks, expired, errorCode }: Operation) => {
    if (expired) return 'EXPIRED';
    if (looks <= 0) return errorCode ? 'FAILED' : 'COMPLETED';
    return looks === options.looks ? 'CREATED' : 'RUNNING';
  };
  const told = (operation: Operation) => {
    const status = statusOf(operation);
    const done = status === 'COMPLETED';
    const text = fileOf(operation.lines);
    const number = operations.indexOf(operation) + 1;
    return {
      __typename: 'BulkOperation',
      id: operation.id,
      query: operation.query,
      createdAt: operation.createdAt,
      status,
      errorCode: status === 'FAILED' ? operation.errorCode : null,
      completedAt: done ? options.now().toISOString() : null,
      objectCount: String(done ? operation.lines.length : 0),
      rootObjectCount: String(
        done ? operation.lines.filter(line => !line.includes('"__parentId"')).length : 0,
      ),
      fileSize: done ? String(Buffer.byteLength(text)) : null,
      url: done && operation.lines.length > 0 ? `${options.url()}/bulk/${number}.jsonl` : null,
    };
  };
  return {
    async run(query) {
      const refused = (code: string, message: string) => ({
        bulkOperation: null,
        userErrors: [{ code, message, field: ['query'] }],
      });
      const running = operations.filter(one => ['CREATED', 'RUNNING'].includes(statusOf(one)));
      if (occupied > 0 || running.length >= limit) {
        occupied--;
        return refused(
          occupied % 2 === 0 ? 'OPERATION_IN_PROGRESS' : 'LIMIT_REACHED',
          'A bulk query operation for this app and shop is already in progress.',
        );
      }
      const problem = bulkProblem(schema, query);
      if (problem) return refused('INVALID', problem);
      const operation: Operation = {
        id: gid('BulkOperation', operations.length + 1),
        query,
        createdAt: options.now().toISOString(),
        looks: options.looks,
        errorCode: failing.shift() ?? null,
        expired: false,
        lines: ordered(await bulkLines(schema, query, shop()), options.order),
      };
      operations.push(operation);
      return { bulkOperation: told(operation), userErrors: [] };
    },
    look(id) {
      const operation = operations.find(one => one.id === id);
      if (!operation) return null;
      const shown = told(operation);
      operation.looks--;
      return shown;
    },
    all: () => operations.map(told),
    file: number => {
      const operation = operations[number - 1];
      return operation && !operation.expired ? fileOf(operation.lines) : undefined;
    },
    expire() {
      for (const operation of operations) operation.expired = true;
    },
    occupy(attempts) {
      occupied = attempts;
    },
    fail(errorCode, times = 1) {
      failing = new Array<string>(times).fill(errorCode);
    },
  };
}

const fileOf = (lines: readonly string[]) => lines.map(line => `${line}\n`).join('');

function ordered(lines: string[], order: LineOrder): string[] {
  if (order === 'as told') return lines;
  if (order === 'children first') return [...lines].reverse();
  const place = (line: string) => {
    let hash = 7;
    for (const sign of line) hash = (hash * 31 + sign.charCodeAt(0)) % 1_000_003;
    return hash;
  };
  return [...lines].sort((a, b) => place(a) - place(b) || (a < b ? -1 : 1));
}
