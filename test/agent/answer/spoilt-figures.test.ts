import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { unsupportedIn } from '../../../src/agent/answer/check-numbers.ts';
import { type Call, evidenceOf } from '../../../src/agent/answer/evidence.ts';
import { maskNames } from '../../../src/agent/answer/names-in-text.ts';
import { createRandom, type Random } from '../../../src/clustering/random.ts';
import { numbersIn } from '../../../src/segmentation/written-numbers.ts';
import { tools } from '../../../src/tools/registry.ts';
import { trueAnswers } from './true-answers.ts';

/** Of a made shop; moves and drift by hand. */
const results: Call[] = JSON.parse(readFileSync(new URL('told-results.json', import.meta.url), 'utf8'));
const evidence = evidenceOf({
  calls: results,
  questions: ['Where do £2,000 at £0.50 a contact do most?'],
  instructions: 'Predictions are of the next 90 days, or of the next 12 months.',
  today: '2026-11-02',
});
const wrongIn = (answer: string) => unsupportedIn(answer, evidence);

test('the results are what the tools give', () => {
  for (const { name, output } of results) {
    const { output: schema } = tools.find(tool => tool.name === name)!;
    expect(schema.safeParse(output).error, name).toBeUndefined();
  }
});

test.each(trueAnswers.map(answer => [answer]))('a true answer passes: %s', answer => {
  expect(wrongIn(answer).map(({ why }) => why)).toEqual([]);
});

interface Figure {
  answer: string;
  at: number;
  text: string;
  /** Digits alone: "254" of "£254k". */
  digits: string;
  mark: string;
}

/** What the question or the instructions said may stand anywhere. */
const given = /^(?:£2,000|£0\.50|90 days|12)$/;

const figures: Figure[] = trueAnswers.flatMap(answer => {
  const { text } = maskNames(answer);
  let from = 0;
  return numbersIn(text).flatMap(({ text: written }) => {
    const at = text.indexOf(written, from);
    from = at + written.length;
    const digits = /\d[\d,]*(?:\.\d+)?/.exec(written)![0];
    return given.test(written)
      ? []
      : [{ answer, at, text: written, digits, mark: written.replace(digits, '#') }];
  });
});

const instead = ({ answer, at, text }: Figure, written: string) =>
  answer.slice(0, at) + written + answer.slice(at + text.length);

/** Off by 8 to 60 per cent, in as many digits. */
function off({ digits, mark }: Figure, random: Random): string | null {
  const plain = digits.replaceAll(',', '');
  const decimals = plain.includes('.') ? plain.length - plain.indexOf('.') - 1 : 0;
  const factor = 1 + (random.uniform() < 0.5 ? -1 : 1) * (0.08 + 0.52 * random.uniform());
  const spoilt = (Number(plain) * factor).toFixed(decimals);
  if (Number(spoilt) === Number(plain)) return null;
  const whole = Number(spoilt).toLocaleString('en-GB', {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
  return mark.replace('#', whole);
}

/** Another figure of the answers, of the same kind: one that a result holds, told of something else. */
function swapped(figure: Figure, random: Random): string | null {
  const others = figures.filter(({ mark, text }) => mark === figure.mark && text !== figure.text);
  return others[Math.floor(random.uniform() * others.length)]?.text ?? null;
}

function shareCaught(spoil: (figure: Figure, random: Random) => string | null): number {
  const random = createRandom(7);
  let missed = 0;
  let spoilt = 0;
  for (let round = 0; round < 4; round++)
    for (const figure of figures) {
      const written = spoil(figure, random);
      if (written === null) continue;
      spoilt++;
      if (wrongIn(instead(figure, written)).length === 0) missed++;
    }
  return 1 - missed / spoilt;
}

describe('a figure that was spoilt is found', () => {
  test('where it is off', () => expect(shareCaught(off)).toBeGreaterThan(0.9));
  test('where it is that of something else', () => expect(shareCaught(swapped)).toBeGreaterThan(0.78));
});
