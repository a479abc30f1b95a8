import { readFile } from 'node:fs/promises';
import { type FeedbackCase, feedbackCase } from '../../src/agent/answer/feedback-case.ts';
import { InputError } from '../../src/errors.ts';

const howToWrite = 'Write the file with `kindred feedback export --to FILE.jsonl`.';

/** What `kindred feedback export` wrote. */
export async function readFeedback(file: string): Promise<FeedbackCase[]> {
  const text = await readFile(file, 'utf8').catch(error => {
    throw new InputError(`${file} cannot be read: ${error.message}`, howToWrite);
  });
  const lines = text.split('\n').filter(line => line.trim() !== '');
  return lines.map((line, i) => {
    try {
      return feedbackCase.parse(JSON.parse(line));
    } catch (error) {
      throw new InputError(
        `Line ${i + 1} of ${file} is no judged answer: ${(error as Error).message}`,
        howToWrite,
      );
    }
  });
}
