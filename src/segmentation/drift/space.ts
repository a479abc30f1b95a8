import type { Model } from '../model.ts';

/** Grows by a day a day, whatever customers do. */
export const tenure = 'tenure';

/** Distances in the frozen space, without the column of tenure. */
export type Distance = (a: readonly number[], b: readonly number[]) => number;

export function distanceIn(model: Model): Distance {
  const columns = model.centroids[0]?.length ?? 0;
  const ageing = model.transforms.findIndex(({ feature }) => feature === tenure);
  return (a, b) => {
    let squares = 0;
    for (let j = 0; j < columns; j++) if (j !== ageing) squares += (a[j]! - b[j]!) ** 2;
    return Math.sqrt(squares);
  };
}

/** Distance of each place to the nearest of the others; Infinity where there is but one. */
export function nearest(places: readonly (readonly number[])[], distance: Distance): number[] {
  return places.map((place, i) =>
    places.reduce((least, other, j) => (i === j ? least : Math.min(least, distance(place, other))), Infinity),
  );
}
