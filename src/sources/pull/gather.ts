import type { Page } from './source.ts';

/** Pages that are stored together. */
export interface Gathered {
  pages: readonly Page[];
  /** That of the last page. */
  cursor: Page['cursor'];
  received: number;
}

/** Rows of a transaction, roughly: identities are reconciled once in each, which costs more the more is stored. */
const mostRows = 20_000;
/** What came is stored after so long at the latest, however slowly more comes. */
const longestMs = 60_000;

/** Puts pages together. What is gone ends what is stored together, as it holds for all before it. */
export async function* gather(pages: AsyncIterable<Page>, now: () => Date): AsyncGenerator<Gathered> {
  let held: Page[] = [];
  let rows = 0;
  let since = 0;
  for await (const page of pages) {
    checkCounts(page);
    if (held.length === 0) since = now().getTime();
    held.push(page);
    rows += countRows(page);
    // A page without records tells how far a pull came that has just begun something at the vendor: kept at once.
    if (page.received > 0 && rows < mostRows && !page.gone && now().getTime() - since < longestMs) continue;
    yield put(held);
    held = [];
    rows = 0;
  }
  if (held.length > 0) yield put(held);
}

function put(pages: readonly Page[]): Gathered {
  const received = pages.reduce((sum, page) => sum + page.received, 0);
  return { pages, cursor: pages.at(-1)!.cursor, received };
}

export function countRows({ rows, gone }: Pick<Page, 'rows' | 'gone'>): number {
  const lists = [...Object.values(rows), ...Object.values(gone ?? {})];
  return lists.reduce((sum, list) => sum + list.length, 0);
}

/** @throws Error (a defect of ours) where a record of the vendor is neither a row nor left out for a reason */
function checkCounts(page: Page): void {
  const leftOut = page.leftOut.reduce((sum, { records }) => sum + records, 0);
  const kept = page.received - leftOut;
  if (kept < 0 || (kept > 0 && countRows(page) === 0))
    throw new Error(
      `Of ${page.received} records of a page, ${leftOut} were left out and the rest is no row.`,
    );
}
