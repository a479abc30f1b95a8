import { describe, expect, it } from 'vitest';
import { pair, withoutConsequences } from '../../../src/segmentation/drift/consequences.ts';
import type { Finding, FindingKind, Severity } from '../../../src/segmentation/drift/finding.ts';
import type { Suspect } from '../../../src/segmentation/drift/suspect.ts';

function suspect(kind: FindingKind, subject: string, severity: Severity = 'watch', value = 1): Suspect {
  return {
    finding: { kind, subject, severity, sentence: '', measure: { name: '', value, threshold: 1 } },
    compare: null,
  };
}

const activity = (kind: FindingKind, starved: string[] = [], severity: Severity = 'alert') => ({
  starved,
  findings: [
    { ...suspect(kind, 'x', severity).finding, explainedBy: null, since: '2026-06-01' } satisfies Finding,
  ],
});
const quiet = { starved: [], findings: [] };
/** What is told, the gravest first, where those of the subjects given turn out to be usual. */
const told = async (
  suspects: Suspect[],
  of = quiet as Parameters<typeof withoutConsequences>[1],
  usual: string[] = [],
) => {
  const found = await withoutConsequences(suspects, of, async some =>
    some.map(({ finding }) => ({
      ...finding,
      ...(usual.includes(finding.subject)
        ? { severity: 'note' as const, explainedBy: 'calendar' as const }
        : { explainedBy: null }),
      since: '2026-06-01',
    })),
  );
  return found.map(({ kind, subject }) => `${kind} ${subject}`).sort();
};

const crowd = [
  suspect('feature', 'click_rate', 'alert'),
  suspect('missing', 'click_rate'),
  suspect('feature', 'order_value'),
  suspect('hollowing', 'loyal', 'alert'),
  suspect('size', 'big'),
  suspect('feature', 'recency'),
  suspect('centroid', 'loyal', 'alert'),
  suspect('centroid', 'new'),
  suspect('cohesion', 'new'),
  suspect('converging', pair('loyal', 'new')),
];

describe('withoutConsequences', () => {
  it('leaves out what hangs on a feed that stopped, and the shape of segments with it', async () => {
    expect(await told(crowd, activity('feed-stopped', ['click_rate']))).toEqual([
      'feature order_value',
      'hollowing loyal',
      'size big',
    ]);
  });

  it('says nothing of customers where orders stopped arriving', async () => {
    expect(await told(crowd, activity('feed-stopped', ['recency', 'order_value', 'click_rate']))).toEqual([]);
  });

  it('leaves out the features that show what happened to the shop, unless that is usual', async () => {
    const shift = [suspect('feature', 'order_value', 'alert'), suspect('centroid', 'big', 'alert')];
    expect(await told(shift, activity('price'))).toEqual([]);
    expect(await told(shift, activity('new-category'))).toEqual(['feature order_value']);
    expect(await told(shift, activity('price', [], 'note'))).toEqual(['feature order_value']);
  });

  it('tells of a segment that stops buying rather than of the features and the shape that follow', async () => {
    const emptying = crowd.filter(
      ({ finding }) => finding.subject !== 'click_rate' && finding.subject !== 'order_value',
    );
    expect(await told(emptying)).toEqual(['centroid new', 'hollowing loyal', 'size big']);
    const slight = [suspect('hollowing', 'loyal'), suspect('feature', 'days_since_visit', 'alert')];
    expect(await told(slight)).toEqual(['feature days_since_visit', 'hollowing loyal']);
  });

  it('tells of features before the shape of segments, but not of a slight shift before an alert', async () => {
    const shape = suspect('centroid', 'new', 'alert');
    expect(await told([suspect('feature', 'order_value', 'alert'), shape])).toEqual(['feature order_value']);
    expect(await told([suspect('feature', 'order_value'), shape])).toEqual([
      'centroid new',
      'feature order_value',
    ]);
  });

  it('lets what turns out to be usual hide nothing that is not', async () => {
    const shape = suspect('centroid', 'new', 'alert');
    const december = suspect('feature', 'order_value', 'alert');
    expect(await told([december, shape], quiet, ['order_value'])).toEqual([
      'centroid new',
      'feature order_value',
    ]);
    const sales = [suspect('hollowing', 'loyal', 'alert'), suspect('feature', 'recency')];
    expect(await told(sales)).toEqual(['hollowing loyal']);
    expect(await told(sales, quiet, ['loyal'])).toEqual(['feature recency', 'hollowing loyal']);
  });

  it('tells no more than three of a kind, the gravest', async () => {
    const many = ['a', 'b', 'c', 'd', 'e'].map((id, i) =>
      suspect('feature', id, i === 4 ? 'alert' : 'watch', i),
    );
    expect(await told(many)).toEqual(['feature c', 'feature d', 'feature e']);
  });
});
