#!/usr/bin/env node
// `npm start`: installs what is missing, then serves.
import { run } from './bootstrap.mjs';

await run(['serve', ...process.argv.slice(2)]);
