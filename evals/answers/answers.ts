import { answerQuestion } from '../../src/agent/answer/answer.ts';
import type { ModelAccess } from '../../src/agent/model/access.ts';
import type { CaseFilter } from '../task.ts';
import { writtenTask } from '../written-task.ts';
import { answerMetrics } from './metrics/metrics.ts';
import { type WrittenAnswer, writtenAnswer } from './question.ts';
import { expectedOf, questions } from './questions/questions.ts';
import { type EvalShop, openShop } from './shops.ts';
import { readStore } from './store.ts';

/** Questions about a shop's customers, in conversations of their own. */
export const answers = writtenTask({
  id: 'answers',
  prompt: 'answer',
  written: writtenAnswer,
  write: (wanted, access) => inShops(wanted, shop => answersIn(shop, wanted, access)),
  metrics: answerMetrics,
});

/** One shop after the other, each only where something is asked of it. */
async function inShops<T>(wanted: CaseFilter, work: (shop: EvalShop) => Promise<T[]>): Promise<T[]> {
  const ids = new Set(questions.filter(({ id }) => wanted(id)).map(({ shop }) => shop));
  const all: T[] = [];
  for (const id of ids) {
    const shop = await openShop(id);
    try {
      all.push(...(await work(shop)));
    } finally {
      await shop.close();
    }
  }
  return all;
}

/** What is expected is read anew for each question, since answering saves audiences and may open proposals. */
export async function answersIn(
  shop: EvalShop,
  wanted: CaseFilter,
  access: ModelAccess | null,
): Promise<WrittenAnswer[]> {
  const written: WrittenAnswer[] = [];
  for (const asked of questions) {
    if (asked.shop !== shop.id || !wanted(asked.id)) continue;
    const store = await readStore(shop);
    const expected = await expectedOf(asked, store);
    const question = asked.question(store);
    const { context } = shop;
    const { text, calls } = await answerQuestion({
      context,
      access,
      question,
      thread: null,
      surface: 'eval',
    });
    written.push({
      id: asked.id,
      question,
      today: context.now().toISOString().slice(0, 10),
      text,
      calls: calls.flatMap(({ name, input, output }) => (output === null ? [] : [{ name, input, output }])),
      expected,
    });
  }
  return written;
}
