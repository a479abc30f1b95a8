/** What a long-running use case tells its caller while it works. `done` and `total` count the same unit. */
export interface ProgressEvent {
  stage: string;
  done?: number;
  total?: number;
}

export type Progress = (event: ProgressEvent) => void;

export const silent: Progress = () => {};
