import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';

export type Ran = { readonly code: number; readonly output: string; readonly errors: string };

const here = join(import.meta.dirname, '..');

/** The project's own tools first, so that `node` is the Node that the project brings, whoever calls. */
export const toolPath = [join(here, 'node_modules', '.bin'), process.env.PATH ?? ''].join(delimiter);

/** Runs a command to its end and returns its exit code with all it printed; throws only if it cannot be started. */
export function run(
  command: string,
  args: readonly string[],
  cwd: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, PATH: toolPath, NO_COLOR: '1', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    let errors = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      errors += text;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, output, errors }));
  });
}
