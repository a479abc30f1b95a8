import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Worker, type WorkerOptions } from 'node:worker_threads';
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

/** A pool of `threads` worker threads, started with the first tasks. Close it, or end the process. */
export function createPool(threads: number): Pool {
  if (!(Number.isInteger(threads) && threads >= 1)) {
    throw new RangeError(`threads must be a whole number from 1, and is ${threads}`);
  }
  const queue: Job[] = [];
  const crew = new Set<Thread>();
  let closed = false;

  function start(): Thread {
    const { url, options } = workerFile();
    const thread: Thread = { worker: new Worker(url, options), job: null };
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

  function next() {
    while (queue.length > 0 && !closed) {
      const idle = [...crew].find(thread => thread.job === null);
      const thread = idle ?? (crew.size < threads ? start() : undefined);
      if (!thread) return;
      thread.job = queue.shift()!;
      thread.worker.ref();
      const request: Request = { name: thread.job.name, input: thread.job.input };
      thread.worker.postMessage(request);
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

/** Beside this file, in whichever language this file is running: TypeScript needs tsx in the worker too. */
function workerFile(): { url: URL; options: WorkerOptions } {
  if (!import.meta.url.endsWith('.ts')) return { url: new URL('./worker.js', import.meta.url), options: {} };
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  return { url: new URL('./worker.ts', import.meta.url), options: { execArgv: ['--import', tsx] } };
}
