import { calibrationChart } from '../charts/calibration-chart.ts';
import { type Chart, renderSvg } from '../charts/render.ts';
import { daysBetween } from '../features/as-of.ts';
import type { Calibration } from '../segmentation/predictions/calibration/calibration.ts';
import { formatValue, number } from '../segmentation/wording.ts';

/** Predicted against actual by tenths, for orders and for who will not order. */
export function calibrationPicture({ from, to, targets }: Calibration, narrow: boolean): Chart {
  const days = daysBetween(from, to);
  return calibrationChart(
    [
      {
        title: `Orders per customer in ${days} days`,
        tenths: targets.orders.deciles,
        format: value => number(value, 1),
      },
      {
        title: `Share who placed no order in ${days} days`,
        tenths: targets.churn.deciles,
        format: value => formatValue(value, 'share', null),
      },
    ],
    narrow,
  );
}

/** What the picture says, for those who do not see it. */
export const calibrationAlt =
  'Bars and dots by tenths of the customers: orders per customer, and the share who placed no order, as predicted and as it happened';

/** The picture as a file of its own. */
export function drawCalibration(calibration: Calibration): string {
  const { option, size } = calibrationPicture(calibration, false);
  return renderSvg(option, size).replace(
    /^<svg [^>]*>/,
    open => `${open.replace('<svg ', '<svg role="img" ')}\n<title>${calibrationAlt}</title>`,
  );
}
