import type { Progress } from '../progress.ts';
import type { Terminal } from './terminal.ts';

export interface StageTime {
  stage: string;
  seconds: number;
  rows?: number;
}

export interface Stages {
  progress: Progress;
  /** Ends the last stage and returns the time of each. */
  finish(): StageTime[];
}

/** Shows the stages of a long command as they come, and times them. */
export function watchStages(terminal: Terminal): Stages {
  const times: StageTime[] = [];
  let current: { stage: string; since: number; rows: number | undefined } | undefined;
  let drawn = '';

  const clear = () => {
    if (terminal.interactive && drawn) terminal.err(`\r${' '.repeat(drawn.length)}\r`);
    drawn = '';
  };
  const end = () => {
    if (!current) return;
    const seconds = Math.round(terminal.now().getTime() - current.since) / 1000;
    times.push({
      stage: current.stage,
      seconds,
      ...(current.rows === undefined ? {} : { rows: current.rows }),
    });
    clear();
    terminal.err(
      `  ${current.stage}${' '.repeat(Math.max(1, 44 - current.stage.length))}${seconds.toFixed(1)} s\n`,
    );
    current = undefined;
  };

  return {
    progress(event) {
      // What the command was doing is undone by the throw: its stores know only whole transactions.
      terminal.signal?.throwIfAborted();
      if (current?.stage !== event.stage) {
        end();
        current = { stage: event.stage, since: terminal.now().getTime(), rows: undefined };
      }
      current!.rows = event.rows ?? current!.rows;
      if (!terminal.interactive) return;
      const share =
        event.done !== undefined && event.total ? ` ${Math.round((100 * event.done) / event.total)} %` : '';
      const line = `  ${event.stage} …${share}`.slice(0, terminal.columns - 1);
      if (line === drawn) return;
      clear();
      terminal.err(line);
      drawn = line;
    },
    finish() {
      end();
      return times;
    },
  };
}
