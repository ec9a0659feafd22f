/** Throws unless `fact` holds: for what can only be false through a mistake of ours, never for bad input. */
export function assert(fact: unknown, message: string): asserts fact {
  if (!fact) throw new Error(`assertion failed: ${message}`);
}
