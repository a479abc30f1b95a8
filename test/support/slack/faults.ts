/** How calls go wrong: as many times as said. */
export interface Fault {
  /** An answer with this error. */
  error?: string;
  more?: Record<string, unknown>;
  /** An HTTP status instead of an answer; 503 where nothing else is said. */
  status?: number;
  /** 429, with the seconds to wait. */
  retryAfter?: number;
  /** `hang`: no answer; `cut`: the line breaks. */
  line?: 'hang' | 'cut';
  /** The call is carried out, and only its answer is lost. */
  carriedOut?: boolean;
  times?: number;
  /** Only calls with such arguments. */
  when?: (args: Record<string, unknown>) => boolean;
}

export interface Faults {
  /** For one method, `upload` or `response_url`, or with '*' for all. */
  add(method: string, fault: Fault): void;
  take(method: string, args: Record<string, unknown>): Fault | undefined;
}

export function createFaults(): Faults {
  const waiting: { method: string; fault: Fault; left: number }[] = [];
  return {
    add(method, fault) {
      waiting.push({ method, fault, left: fault.times ?? 1 });
    },
    take(method, args) {
      const found = waiting.find(
        each =>
          each.left > 0 &&
          (each.method === method || each.method === '*') &&
          (each.fault.when?.(args) ?? true),
      );
      if (found) found.left -= 1;
      return found?.fault;
    },
  };
}
