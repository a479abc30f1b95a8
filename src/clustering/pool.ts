import { Worker } from 'node:worker_threads';
import { runTask, type TaskInput, type TaskName, type TaskOutput } from './tasks.ts';

/** Runs independent tasks. Which thread runs a task, and when, never shows in its result. */
export interface Pool {
  readonly threads: number;
  /** Rejects where the task throws or its thread dies. */
  run<Name extends TaskName>(name: Name, input: TaskInput<Name>): Promise<TaskOutput<Name>>;
  /** Ends the threads; tasks that have not ended are rejected. */
  close(): Promise<void>;
}

/** Runs tasks on the calling thread, one after the other, letting timers and signals in between. */
export const inProcess: Pool = {
  threads: 1,
  run: async (name, input) => {
    await new Promise<void>(resolve => setImmediate(resolve));
    return runTask(name, input);
  },
  close: async () => {},
};

/** What goes to a worker thread, and what comes back. */
export interface Request {
  name: TaskName;
  input: unknown;
}
export type Reply = { output: unknown } | { error: unknown };

interface Job extends Request {
  resolve(output: unknown): void;
  reject(error: unknown): void;
}

interface Thread {
  worker: Worker;
  job: Job | null;
}

/**
 * A pool of `threads` worker threads, started as tasks come. Close it, or end the process.
 * @param worker what a thread runs: it answers every Request with a Reply
 */
export function createPool(threads: number, worker: URL = workerFile()): Pool {
  if (!(Number.isInteger(threads) && threads >= 1)) {
    throw new RangeError(`threads must be a whole number from 1, and is ${threads}`);
  }
  const queue: Job[] = [];
  const crew = new Set<Thread>();
  let closed = false;

  function start(): Thread {
    // Without the arguments of this process: a loader among them would meet the worker before it is ready.
    const thread: Thread = { worker: new Worker(worker, { execArgv: [] }), job: null };
    crew.add(thread);
    thread.worker.on('message', (reply: Reply) => {
      const job = thread.job!;
      thread.job = null;
      // An idle thread must not keep a process alive that has nothing left to do.
      thread.worker.unref();
      if ('error' in reply) job.reject(reply.error);
      else job.resolve(reply.output);
      next();
    });
    thread.worker.on('error', error => lose(thread, error));
    thread.worker.on('exit', code => lose(thread, new Error(`a worker thread ended with code ${code}`)));
    return thread;
  }

  function lose(thread: Thread, error: unknown) {
    crew.delete(thread);
    const job = thread.job;
    thread.job = null;
    job?.reject(error);
    next();
  }

  function hand(thread: Thread, { name, input, reject }: Job) {
    try {
      thread.worker.postMessage({ name, input } satisfies Request);
    } catch (error) {
      thread.job = null;
      reject(error);
    }
  }

  function next() {
    while (queue.length > 0 && !closed) {
      const idle = [...crew].find(thread => thread.job === null);
      const thread = idle ?? (crew.size < threads ? start() : undefined);
      if (!thread) return;
      thread.job = queue.shift()!;
      thread.worker.ref();
      hand(thread, thread.job);
    }
  }

  return {
    threads,
    run<Name extends TaskName>(name: Name, input: TaskInput<Name>) {
      if (closed) return Promise.reject(new Error('the pool is closed'));
      return new Promise<TaskOutput<Name>>((resolve, reject) => {
        queue.push({ name, input, resolve: output => resolve(output as TaskOutput<Name>), reject });
        next();
      });
    },
    async close() {
      closed = true;
      for (const job of queue.splice(0)) job.reject(new Error('the pool was closed'));
      await Promise.all([...crew].map(thread => thread.worker.terminate()));
    },
  };
}

/** The worker beside this file; run from TypeScript, the thread has to learn to read it first. */
function workerFile(): URL {
  if (!import.meta.url.endsWith('.ts')) return new URL('./worker.js', import.meta.url);
  const worker = new URL('./worker.ts', import.meta.url).href;
  const tsx = import.meta.resolve('tsx/esm/api');
  const code = `import { register } from ${JSON.stringify(tsx)}; register(); await import(${JSON.stringify(worker)});`;
  return new URL(`data:text/javascript,${encodeURIComponent(code)}`);
}
