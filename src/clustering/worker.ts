import { parentPort } from 'node:worker_threads';
import type { Reply, Request } from './pool.ts';
import { runTask } from './tasks.ts';

/** The other side of a pool's thread: one task at a time, its result or its error back. */
parentPort!.on('message', ({ name, input }: Request) => {
  parentPort!.postMessage(answer({ name, input }));
});

function answer({ name, input }: Request): Reply {
  try {
    return { output: runTask(name, input as Parameters<typeof runTask>[1]) };
  } catch (error) {
    return { error };
  }
}
