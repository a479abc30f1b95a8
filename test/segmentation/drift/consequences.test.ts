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
const told = (suspects: Suspect[], of = quiet as Parameters<typeof withoutConsequences>[1]) =>
  withoutConsequences(suspects, of).map(({ finding: { kind, subject } }) => `${kind} ${subject}`);

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
  it('leaves out what hangs on a feed that stopped, and the shape of segments with it', () => {
    expect(told(crowd, activity('feed-stopped', ['click_rate']))).toEqual([
      'hollowing loyal',
      'size big',
      'feature order_value',
    ]);
  });

  it('says nothing of customers where orders stopped arriving', () => {
    expect(told(crowd, activity('feed-stopped', ['recency', 'order_value', 'click_rate']))).toEqual([]);
  });

  it('leaves out the features that show what happened to the shop, unless that is usual', () => {
    const shift = [suspect('feature', 'order_value', 'alert'), suspect('centroid', 'big', 'alert')];
    expect(told(shift, activity('price'))).toEqual([]);
    expect(told(shift, activity('new-category'))).toEqual(['feature order_value']);
    expect(told(shift, activity('price', [], 'note'))).toEqual(['feature order_value']);
  });

  it('tells of a segment that stops buying rather than of the features and the shape that follow', () => {
    const emptying = crowd.filter(
      ({ finding }) => finding.subject !== 'click_rate' && finding.subject !== 'order_value',
    );
    expect(told(emptying)).toEqual(['hollowing loyal', 'size big', 'centroid new']);
    const slight = [suspect('hollowing', 'loyal'), suspect('feature', 'days_since_visit', 'alert')];
    expect(told(slight)).toEqual(['feature days_since_visit', 'hollowing loyal']);
  });

  it('tells of features before the shape of segments, but not of a slight shift before an alert', () => {
    const shape = suspect('centroid', 'new', 'alert');
    expect(told([suspect('feature', 'order_value', 'alert'), shape])).toEqual(['feature order_value']);
    expect(told([suspect('feature', 'order_value'), shape])).toEqual(['centroid new', 'feature order_value']);
  });

  it('tells no more than three of a kind, the gravest', () => {
    const many = ['a', 'b', 'c', 'd', 'e'].map((id, i) =>
      suspect('feature', id, i === 4 ? 'alert' : 'watch', i),
    );
    expect(told(many)).toEqual(['feature e', 'feature d', 'feature c']);
  });
});
