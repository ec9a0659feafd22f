/** Of lines of a purchase how many pieces are to go back, by the places of the lines. */
export type Pieces = ReadonlyMap<number, number>;

type Line = { readonly index: number; readonly quantity: number; readonly returned: number };

/** Lines of which something can still go back. */
export const openLines = <L extends Line>(lines: readonly L[]): readonly L[] =>
  lines.filter(({ quantity, returned }) => quantity > returned);

/** What is chosen before anybody has: the one piece that is left, where there is one only. */
export function usualPieces(lines: readonly Line[]): Pieces {
  const [line, ...others] = openLines(lines);
  if (!line || others.length > 0 || line.quantity - line.returned > 1) return new Map();
  return new Map([[line.index, 1]]);
}

/** The pieces as a refund names them. */
export const linesOf = (pieces: Pieces) =>
  [...pieces].filter(([, quantity]) => quantity > 0).map(([line, quantity]) => ({ line, quantity }));
