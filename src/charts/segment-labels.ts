import { faint, fontFamily, ink, segmentColour } from './palette.ts';
import { wrapped } from './text-width.ts';

export interface LabelPlace {
  fontSize: number;
  /** Room for a name, in pixels. */
  width: number;
  /** Left of the marks, or on the marks' ground, above them by the pixels given. */
  above?: number;
}

/** Room for the swatch and a number of two digits. */
const numberWidth = 38;

/** Pixels that the labels take to the left of the marks. */
export const labelRoom = ({ width, above }: LabelPlace) =>
  above === undefined ? width + 8 + numberWidth : 0;

/** The axes of segments, first at the top: a swatch with the segment's number, then its name. */
export function segmentAxes(names: readonly string[], place: LabelPlace): object[] {
  const { fontSize, width, above } = place;
  const axis = {
    type: 'category',
    position: 'left',
    inverse: true,
    axisTick: { show: false },
    axisLine: { show: false },
    splitArea: { show: false },
  };
  const label = {
    color: ink.light,
    fontSize,
    fontFamily,
    align: 'left',
    interval: 0,
    ...(above === undefined ? {} : { inside: true, verticalAlign: 'bottom', padding: [0, 0, above, 0] }),
  };
  const swatches = names.map((_, i) => [
    `s${i}`,
    { width: 10, height: 10, borderRadius: 5, backgroundColor: segmentColour(i).light },
  ]);
  const number = { color: faint.light, fontSize, fontFamily, padding: [0, 0, 0, 4] };
  return [
    {
      ...axis,
      data: [...names],
      axisLabel: {
        ...label,
        lineHeight: Math.round(fontSize * 1.25),
        margin: above === undefined ? width + 8 : numberWidth,
        formatter: (_: string, i: number) =>
          wrapped(names[i]!, { width, fontSize, lines: above === undefined ? 2 : 1 }).join('\n'),
      },
    },
    {
      ...axis,
      data: names.map((_, i) => String(i + 1)),
      axisLabel: {
        ...label,
        margin: labelRoom(place),
        formatter: (position: string, i: number) => `{s${i}|}{n|${position}}`,
        rich: { n: number, ...Object.fromEntries(swatches) },
      },
    },
  ];
}
