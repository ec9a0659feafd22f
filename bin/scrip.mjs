#!/usr/bin/env node
// The operator's command line, also as `npx scrip`.
import { run } from './bootstrap.mjs';

await run(process.argv.slice(2));
