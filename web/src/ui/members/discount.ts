import type { Language } from '../messages.ts';
import { percentText } from '../percent.ts';
import { discountWords } from './words.ts';

const whole = 1_000_000;

/** What is taken off as people say it: 120000 parts per million are 8.8折, or 12% off. Undefined: nothing is. */
export function discountText(ppm: number, language: Language): string | undefined {
  const words = discountWords[language];
  if (ppm === 0) return undefined;
  // A 折 is a tenth of the price that is left to pay.
  const parts = { off: percentText(ppm), kept: percentText(Math.round((whole - ppm) / 10)) };
  return ppm >= whole ? words.free : words.off(parts);
}
