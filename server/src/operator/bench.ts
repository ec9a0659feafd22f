import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../../bench/run.ts', import.meta.url));

type Options = Readonly<Record<string, string | boolean | undefined>>;

/** Runs the bench as a process of its own, over a service and a database of its own. */
export async function bench(options: Options): Promise<number> {
  const args = Object.entries(options).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}`, ...(typeof value === 'string' ? [value] : [])],
  );
  const child = spawn(process.execPath, [program, ...args], { stdio: 'inherit' });
  const [code] = await once(child, 'exit');
  return typeof code === 'number' ? code : 1;
}
