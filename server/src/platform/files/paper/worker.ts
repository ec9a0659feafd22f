import { parentPort, workerData } from 'node:worker_threads';
import { draw } from './draw.ts';
import type { Paper } from './paper.ts';

// What `pdfOf` hands over.
const paper: Paper = workerData;
parentPort?.postMessage(await draw(paper));
