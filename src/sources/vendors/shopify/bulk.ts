import { OperatorError, UpstreamError } from '../../../errors.ts';
import type { ShopifyApi } from '../../../vendors/shopify-api.ts';
import type { Connection, Platform } from '../../../vendors/vendor.ts';
import { bulkState, runBulk, runningBulks } from './documents.ts';

/** A bulk operation that has begun at the shop. */
export interface BulkOperation {
  id: string;
  createdAt: string;
}

/** The file that it made ready. */
export interface BulkResult extends BulkOperation {
  /** null where it found nothing. */
  url: string | null;
  fileSize: number;
  /** Lines, and those of them that have no parent. */
  objects: number;
  roots: number;
}

/** How long it may be waited for others' operations to end. */
const longestQueueMs = 3_600_000;
/** Between looks at one that runs; it may take from seconds to hours. */
const looks = { first: 1000, growth: 1.5, longest: 15_000 };

/**
 * Begins an operation; one that runs already with the same question, as after a kill, is taken up instead. Waits where as many
 * run as the shop allows.
 */
export async function beginBulk(
  api: ShopifyApi,
  query: string,
  { name }: Connection,
  { sleep, signal, log }: Platform,
): Promise<BulkOperation> {
  const { bulkOperations } = await api.ask<{
    bulkOperations: { nodes: (BulkOperation & { status: string; query: string })[] };
  }>(runningBulks);
  const mine = bulkOperations.nodes.find(
    operation => operation.query === query && ['CREATED', 'RUNNING'].includes(operation.status),
  );
  if (mine) return { id: mine.id, createdAt: mine.createdAt };
  for (let waited = 0; ; waited += looks.longest) {
    const { bulkOperationRunQuery } = await api.ask<{
      bulkOperationRunQuery: {
        bulkOperation: BulkOperation | null;
        userErrors: { code: string | null; message: string }[];
      };
    }>(runBulk, { query });
    const { bulkOperation, userErrors } = bulkOperationRunQuery;
    if (bulkOperation) return bulkOperation;
    const busy = userErrors.some(({ code }) => code === 'OPERATION_IN_PROGRESS' || code === 'LIMIT_REACHED');
    if (!busy)
      throw new UpstreamError(
        `Shopify does not run what it is asked over the connection ${name} (${userErrors.map(({ code }) => code ?? 'no code').join(', ')}).`,
        'Please report it: the question may not fit the version of its API.',
      );
    if (waited >= longestQueueMs)
      throw new UpstreamError(
        `Other bulk operations have kept the shop of the connection ${name} busy for an hour.`,
        'Look in the shop which app runs them, and run `kindred sync-in` again later.',
      );
    log.info({ connection: name }, 'Waiting for another bulk operation of the shop to end');
    await sleep(looks.longest, signal);
  }
}

/**
 * Waits until an operation is done.
 *
 * @returns null where its result is not kept any more, or it came to nothing: it has to be begun again
 */
export async function bulkResult(
  api: ShopifyApi,
  id: string,
  { name }: Connection,
  { sleep, signal, log }: Platform,
): Promise<BulkResult | null> {
  for (let wait = looks.first; ; wait = Math.min(looks.longest, wait * looks.growth)) {
    const { bulkOperation } = await api.ask<{ bulkOperation: BulkState | null }>(bulkState, { id });
    if (!bulkOperation) return null;
    const { status, errorCode, createdAt, url, fileSize, objectCount, rootObjectCount } = bulkOperation;
    if (status === 'COMPLETED')
      return {
        id,
        createdAt,
        url,
        fileSize: Number(fileSize ?? 0),
        objects: Number(objectCount),
        roots: Number(rootObjectCount),
      };
    if (errorCode === 'ACCESS_DENIED')
      throw new OperatorError(
        `The app of the connection ${name} may not read what is to be pulled.`,
        `Give it the permissions that \`kindred connections --test\` lists, and access to protected customer data; then run \`kindred connect shopify --name ${name}\` again.`,
      );
    if (!['CREATED', 'RUNNING', 'CANCELING'].includes(status)) {
      log.warn({ connection: name, status, errorCode }, 'A bulk operation has no result');
      return null;
    }
    await sleep(Math.round(wait), signal);
  }
}

interface BulkState {
  status: string;
  errorCode: string | null;
  createdAt: string;
  objectCount: string;
  rootObjectCount: string;
  fileSize: string | null;
  url: string | null;
}
