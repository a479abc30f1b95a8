/** Opens the DuckDB file in argv[2] and does to it what argv[3] says. */
import { writeSync } from 'node:fs';
import { formatError } from '../../../src/errors.ts';
import { openDuckDb } from '../../../src/warehouse/duckdb.ts';

const [file, task] = process.argv.slice(2);
const say = (text: string) => writeSync(1, `${text.split('\n').join(' ')}\n`);
const rows = (count: number) =>
  `SELECT 'shop' AS source, md5(CAST(range AS VARCHAR)) AS order_id FROM range(${count})`;
const insert = (count: number) => `INSERT INTO orders (source, order_id) ${rows(count)}`;

try {
  const warehouse = await openDuckDb({ file: file! });
  if (task === 'hold') {
    say('open');
    setInterval(() => {}, 1000);
  }
  if (task === 'fill') {
    await warehouse.transaction(async tx => {
      await tx.execute(insert(1000));
      await tx.stage('big', rows(2_000_000));
      await tx.execute(insert(2_000_000));
    });
    say('filled');
  }
  if (task === 'write')
    for (let i = 0; ; i++) {
      await warehouse.transaction(async tx => {
        await tx.execute(insert(500));
        await tx.execute(insert(500));
      });
      say(String(i));
    }
} catch (error) {
  say(formatError(error));
}
