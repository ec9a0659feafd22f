/** Parts per million out of a percentage as it is typed, such as 12.5; undefined if that is none. */
export function parsePercent(text: string): number | undefined {
  const match = /^(\d{1,4})(?:[.。](\d{0,4}))?\s*[%％]?$/.exec(text.trim());
  if (!match) return undefined;
  const [, whole = '', fraction = ''] = match;
  return +`${whole}${fraction.padEnd(4, '0')}`;
}

/** Parts per million as a percentage without empty digits: 125000 is 12.5. */
export function percentText(ppm: number): string {
  const digits = String(ppm).padStart(5, '0');
  const fraction = digits.slice(-4).replace(/0+$/, '');
  return fraction === '' ? digits.slice(0, -4) : `${digits.slice(0, -4)}.${fraction}`;
}
