interface Place {
  x: number;
  y: number;
}

/**
 * Moves places apart until they lie `distance` pixels from each other, or as far as a few rounds bring them, and keeps
 * them inside the frame. Places that coincide part along directions that depend on their order alone.
 */
export function spread(
  places: readonly Place[],
  distance: number,
  size: { width: number; height: number },
): Place[] {
  const moved = places.map(place => ({ ...place }));
  const within = (value: number, most: number) =>
    Math.min(Math.max(value, distance / 2), most - distance / 2);
  for (let round = 0; round < 60; round++) {
    for (let i = 0; i < moved.length; i++) {
      for (let j = 0; j < i; j++) part(moved[i]!, moved[j]!, distance, i);
    }
    for (const place of moved) {
      place.x = within(place.x, size.width);
      place.y = within(place.y, size.height);
    }
  }
  return moved.map(({ x, y }) => ({ x: Math.round(10 * x) / 10, y: Math.round(10 * y) / 10 }));
}

function part(a: Place, b: Place, distance: number, turn: number): void {
  const [dx, dy] = [a.x - b.x, a.y - b.y];
  const gap = Math.hypot(dx, dy);
  if (gap >= distance) return;
  const [x, y] = gap > 1e-6 ? [dx / gap, dy / gap] : [Math.cos(turn), Math.sin(turn)];
  const push = (distance - gap) / 2;
  a.x += x * push;
  a.y += y * push;
  b.x -= x * push;
  b.y -= y * push;
}
