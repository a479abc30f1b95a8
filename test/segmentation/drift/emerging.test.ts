import { describe, expect, it } from 'vitest';
import { matrixOf } from '../../../src/clustering/matrix.ts';
import { createRandom } from '../../../src/clustering/random.ts';
import { emergingSuspects } from '../../../src/segmentation/drift/emerging.ts';
import { viewOf } from '../../../src/segmentation/drift/view.ts';
import { modelOf, population, record, stats } from './made-records.ts';

const segments = (uncertain: number) => [
  stats('loyal', { size: 1000, uncertain, centroid: [-3, 0, 0, 0] }),
  stats('big', { size: 1000, uncertain, centroid: [3, 0, 0, 0] }),
];
const model = modelOf(segments(0.1));
const random = createRandom(5);
const cloud = (rows: number, centre: number[], deviation: number) =>
  Array.from({ length: rows }, () => centre.map(value => value + deviation * random.normal()));
/** On the border of the two segments, far and wide. */
const border = (rows: number) => cloud(rows, [0, 0, 0, 0], 1);
const trained = population(0, segments(0.1), { uncertainSample: matrixOf(border(200)) });

async function findings(uncertain: number, rows: number[][]) {
  const scored = population(6, segments(uncertain), { uncertainSample: matrixOf(rows) });
  const history = Array.from({ length: 6 }, (_, week) => record(week, segments(0.1)));
  const asked: string[] = [];
  const found = await emergingSuspects(viewOf(model, scored, history), async date => {
    asked.push(date);
    return trained;
  });
  return { asked, found: found.map(({ finding }) => finding) };
}

describe('emergingSuspects', () => {
  it('finds a group of its own among those that no segment fits', async () => {
    const { found, asked } = await findings(0.17, [...border(200), ...cloud(140, [0, 4, 0, 0], 0.4)]);
    expect(asked).toEqual([model.asOf]);
    expect(found).toMatchObject([{ kind: 'emerging', severity: 'watch', subject: 'emerging' }]);
    expect(found[0]!.sentence).toMatch(
      /^A new group may be emerging: about \d+ customers that fit no segment well are alike, and 17 % of all hardly fit theirs, 10 % did when the segments were made\. They stand out by high days since the last order\.$/,
    );
  });

  it('needs more than customers who fit less well', async () => {
    expect((await findings(0.17, border(340))).found).toEqual([]);
  });

  it('asks for no other date where as many hardly fit as before', async () => {
    const { found, asked } = await findings(0.105, [...border(100), ...cloud(110, [0, 4, 0, 0], 0.4)]);
    expect(found).toEqual([]);
    expect(asked).toEqual([]);
  });
});
