import { expect, test } from 'vitest';
import type { Finding } from '../../../src/segmentation/drift/finding.ts';
import { reclusterAdvised } from '../../../src/segmentation/recluster/advised.ts';

const finding = (kind: Finding['kind'], severity: Finding['severity']): Finding => ({
  kind,
  severity,
  subject: 'loyalists',
  sentence: `${kind} ${severity}`,
  measure: { name: 'm', value: 1, threshold: 0.5 },
  explainedBy: null,
  since: '2026-01-01',
});
const history = (...records: [string, 'fit' | 'refresh' | 'promotion'][]) =>
  records.map(([asOf, kind]) => ({ asOf, kind }));

const young = history(['2026-01-01', 'fit'], ['2026-01-08', 'refresh']);

test('what segments cannot follow by themselves asks for finding them anew', () => {
  const findings = [
    finding('emerging', 'watch'),
    finding('converging', 'alert'),
    finding('centroid', 'alert'),
    finding('centroid', 'watch'),
    finding('emerging', 'note'),
    finding('price', 'alert'),
    finding('feed-stopped', 'alert'),
  ];
  expect(reclusterAdvised(findings, young)).toEqual(['emerging watch', 'converging alert', 'centroid alert']);
});

test('a quarter after the fit or the last promotion it is time', () => {
  expect(reclusterAdvised([], young)).toEqual([]);
  const old = history(['2026-01-01', 'fit'], ['2026-04-01', 'refresh'], ['2026-04-02', 'refresh']);
  expect(reclusterAdvised([], old.slice(0, 2))).toEqual([]);
  expect(reclusterAdvised([], old)).toEqual(['The segments are 91 days old.']);
  const promoted = history(['2026-01-01', 'fit'], ['2026-03-01', 'promotion'], ['2026-04-12', 'refresh']);
  expect(reclusterAdvised([], promoted)).toEqual([]);
  expect(reclusterAdvised([], [])).toEqual([]);
});
