import { Worker } from 'node:worker_threads';
import { z } from 'zod';

/** A column of a table on paper; its share of the width is `wide` of all. */
export type PaperColumn = {
  readonly title: string;
  readonly align: 'left' | 'right';
  readonly wide: number;
};

/** A table whose cells are written as they are. */
export type PaperTable = {
  readonly title: string;
  readonly columns: readonly PaperColumn[];
  readonly rows: readonly (readonly string[])[];
  /** Set off at the end. */
  readonly totals: readonly (readonly string[])[];
  /** In place of rows where there are none. */
  readonly empty: string;
};

/** A document to be printed, A4 across: texts in Chinese or any Latin script. */
export type Paper = {
  readonly title: string;
  /** Whose paper it is; above the title. */
  readonly from: string;
  readonly facts: readonly (readonly [label: string, value: string])[];
  readonly tables: readonly PaperTable[];
  readonly notes: readonly string[];
  /** Lines to sign on. */
  readonly signatures: readonly string[];
  /** At the foot of each page, before its number. */
  readonly foot: string;
};

const Drawn = z.instanceof(Uint8Array);

// The font has thirty thousand glyphs: one paper at a time is enough memory, and what waits waits its turn.
let last: Promise<unknown> = Promise.resolve();

/** A paper as PDF. Drawn on a thread of its own, since payments do not wait for a font. */
export function pdfOf(paper: Paper): Promise<Uint8Array> {
  const drawn = last.then(() => drawApart(paper));
  last = drawn.catch(() => undefined);
  return drawn;
}

function drawApart(paper: Paper): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: paper });
    worker.once('message', (bytes: unknown) => resolve(Drawn.parse(bytes)));
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`nothing was drawn, exit ${code}`)));
  });
}
