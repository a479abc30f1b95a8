#!/usr/bin/env node
import { run } from './cli/program.ts';

process.exitCode = await run(process.argv.slice(2), {
  env: process.env,
  now: () => new Date(),
  out: text => void process.stdout.write(text),
  err: text => void process.stderr.write(text),
  interactive: process.stderr.isTTY === true,
  columns: process.stdout.columns ?? 100,
});
