import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * Starts a TypeScript file as a process of its own, for tests that kill one or let two compete.
 * It says that it has come to a point by printing a line; `line` waits for it.
 */
export interface Child {
  process: ChildProcess;
  /** The next line that the child prints to stdout. */
  line(): Promise<string>;
  /** Its exit code, or the signal that ended it. */
  ended: Promise<number | NodeJS.Signals>;
  /** All that it printed to stderr until now. */
  stderr(): string;
}

/** `limit` is shell text run before it, such as a ulimit. */
export function startChild(file: URL, args: readonly string[], limit = 'true'): Child {
  const command = [process.execPath, '--import', 'tsx', fileURLToPath(file), ...args];
  const child = spawn('sh', ['-c', `${limit} && exec "$@"`, 'sh', ...command], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stderr = '';
  let pending = '';
  const lines: string[] = [];
  const waiting: { resolve: (line: string) => void; reject: (error: Error) => void }[] = [];
  child.stderr.setEncoding('utf8').on('data', text => {
    stderr += text;
  });
  child.stdout.setEncoding('utf8').on('data', text => {
    pending += text;
    const parts = pending.split('\n');
    pending = parts.pop()!;
    for (const part of parts) {
      const next = waiting.shift();
      if (next) next.resolve(part);
      else lines.push(part);
    }
  });
  const ended = new Promise<number | NodeJS.Signals>(resolve => {
    child.on('close', (code, signal) => {
      for (const next of waiting.splice(0)) next.reject(new Error(`The child ended early: ${stderr}`));
      resolve(code ?? signal!);
    });
  });
  const line = () => {
    const ready = lines.shift();
    if (ready !== undefined) return Promise.resolve(ready);
    return new Promise<string>((resolve, reject) => waiting.push({ resolve, reject }));
  };
  return { process: child, line, ended, stderr: () => stderr };
}
