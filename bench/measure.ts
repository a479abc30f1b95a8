import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface Run {
  code: number;
  seconds: number;
  /** High-water mark of the process's resident memory in MB; absent where the machine has no /proc. */
  peakMb: number | undefined;
  stdout: string;
  stderr: string;
}

/** Runs a process to its end and measures it from outside, the same for every contender. */
export function measure(command: string, args: readonly string[]): Promise<Run> {
  const start = performance.now();
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let peakMb: number | undefined;
  const look = () => {
    const seen = child.pid === undefined ? undefined : highWaterMark(child.pid);
    if (seen !== undefined) peakMb = Math.max(peakMb ?? 0, seen);
  };
  // VmHWM only grows, so what a look misses is the growth after the last one.
  const timer = setInterval(look, 20);
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', text => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', text => {
    stderr += text;
  });
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('close', code => {
      clearInterval(timer);
      done({ code: code ?? 1, seconds: (performance.now() - start) / 1000, peakMb, stdout, stderr });
    });
  });
}

function highWaterMark(pid: number): number | undefined {
  try {
    const match = /VmHWM:\s*(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return match ? Number(match[1]) / 1024 : undefined;
  } catch {
    // No /proc here, or the process has just ended.
    return undefined;
  }
}
