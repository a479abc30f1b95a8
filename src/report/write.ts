import { writeWhole } from '../write-whole.ts';
import { type ReportInput, renderReport } from './report.ts';

export async function writeReport(file: string, input: ReportInput): Promise<void> {
  await writeWhole(file, renderReport(input), 'The report');
}
