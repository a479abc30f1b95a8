import type { Outcome, PeerOutcome } from './contenders.ts';
import type { Bench, ShopBench } from './run.ts';

/** The bench as tables for a terminal. Of several rounds the median is shown; ratios are those of pairs of rounds. */
export function printBench(bench: Bench): void {
  const { cpus, model, memoryMb, node, platform } = bench.machine;
  console.log(`${cpus} x ${model}, ${memoryMb} MB, Node ${node}, ${platform}`);
  for (const shop of bench.shops) printShop(shop);
}

function printShop({ shop, rounds }: ShopBench): void {
  const ours = rounds.map(({ kindred }) => kindred);
  const theirs = rounds.flatMap(({ peer }) => peer ?? []);
  console.log(`\n${shop}, ${rounds.length} ${rounds.length === 1 ? 'round' : 'rounds'}`);
  console.log(
    line('', 'kindred', theirs.length > 0 ? 'peer' : '', theirs.length > 0 ? 'ratio, each pair' : ''),
  );
  const row = (name: string, value: (outcome: Outcome) => number | undefined, digits: number) => {
    const ratios = rounds.flatMap(({ kindred, peer }) => {
      const [a, b] = [value(kindred), peer && value(peer)];
      return a !== undefined && b ? [(a / b).toFixed(2)] : [];
    });
    console.log(
      line(
        name,
        shown(median(ours.map(value)), digits),
        shown(median(theirs.map(value)), digits),
        ratios.join(', '),
      ),
    );
  };
  row('wall time, s', outcome => outcome.seconds, 1);
  row('peak memory, MB', outcome => outcome.peakMb, 0);

  const trueK = theirs.find(peer => peer.trueK !== undefined)?.trueK;
  console.log(line(trueK === undefined ? 'k' : `k (true: ${trueK})`, ks(ours), ks(theirs), ''));
  console.log(
    line('adjusted Rand index', shown(median(ours.map(aris)), 3), shown(median(theirs.map(aris)), 3), ''),
  );
  if (theirs.length > 0)
    console.log(
      line('  when told the true k', '', shown(median(theirs.map(peer => peer.ariAtTrueK)), 3), ''),
    );

  printStages('kindred', ours);
  if (theirs.length > 0) printStages('peer', theirs);
}

/** Seconds of each stage, and rows a second where the stage handles rows. */
function printStages(name: string, outcomes: readonly (Outcome | PeerOutcome)[]): void {
  console.log(`\n  ${'stages of '.concat(name).padEnd(48)}${'s'.padStart(9)}${'rows/s'.padStart(14)}`);
  outcomes[0]!.stages.forEach(({ stage, rows }, i) => {
    const seconds = median(
      outcomes.map(({ stages }) => (stages[i]?.stage === stage ? stages[i].seconds : undefined)),
    );
    const rate = rows !== undefined && seconds ? Math.round(rows / seconds).toLocaleString('en-GB') : '';
    console.log(`  ${stage.padEnd(48)}${shown(seconds, 2).padStart(9)}${rate.padStart(14)}`);
  });
}

const aris = (outcome: Outcome) => outcome.ari;

/** Kindred gives the same k each time; should it not, all are shown. */
const ks = (outcomes: readonly Outcome[]) => [...new Set(outcomes.map(({ k }) => k))].join(', ');

const line = (name: string, a: string, b: string, c: string) =>
  `  ${name.padEnd(24)}${a.padStart(12)}${b.padStart(12)}   ${c}`.trimEnd();

const shown = (value: number | undefined, digits: number) =>
  value === undefined ? '-' : value.toFixed(digits);

function median(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter(value => value !== undefined).sort((a, b) => a - b);
  if (known.length === 0 || known.length < values.length) return undefined;
  const middle = known.length >> 1;
  return known.length % 2 === 1 ? known[middle] : (known[middle - 1]! + known[middle]!) / 2;
}
