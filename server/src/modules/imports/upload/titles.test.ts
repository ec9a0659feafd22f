import { expect, test } from 'vitest';
import { belowTitles } from './titles.ts';

async function left(...lines: readonly string[]): Promise<string[]> {
  async function* rows() {
    for (const [place, line] of lines.entries()) yield { number: place + 1, cells: line.split(',') };
  }
  const found: string[] = [];
  const isHeading = (text: string) => text === 'Phone';
  for await (const { number, cells } of belowTitles(rows(), isHeading))
    found.push(`${number} ${cells.join()}`);
  return found;
}

test('a title over the table is left out, with the empty rows around it, and each row keeps its number', async () => {
  expect(await left('Members 2026,,', ',,', 'as of July', 'Phone,Name', '1,a')).toEqual([
    '4 Phone,Name',
    '5 1,a',
  ]);
  expect(await left('Members 2026', 'Phone', '1', '2')).toEqual(['2 Phone', '3 1', '4 2']);
});

test('a table of one column, and rows below the headings that have one cell, are not taken for titles', async () => {
  expect(await left('Phone', '1,a', '2')).toEqual(['1 Phone', '2 1,a', '3 2']);
  expect(await left('Numbers', '1', '2')).toEqual(['1 Numbers', '2 1', '3 2']);
  const many = ['Numbers', '1', '2', '3', '4', '5', '6', '7,a'];
  expect(await left(...many)).toEqual(many.map((line, place) => `${place + 1} ${line}`));
  expect(await left('a,b', '1,', ',2')).toEqual(['1 a,b', '2 1,', '3 ,2']);
});
