import { open, readFile, rename, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isErrno } from '../postgres/processes.ts';

/** A file of lines that is only added to. What `append` has resolved for is on the disk. Its owner alone may read it. */
export type LineFile = {
  /** All whole lines; none if there is no file. What a crash left half written is no line. */
  read(): Promise<readonly string[]>;
  append(lines: readonly string[]): Promise<void>;
  /** Puts these lines in the place of all that there are. A line that another process adds meanwhile may be lost. */
  replace(lines: readonly string[]): Promise<void>;
  bytes(): Promise<number>;
};

/** The file at this path, which is made by the first line. */
export function lineFile(path: string): LineFile {
  return {
    async read() {
      const text = await ifThere(readFile(path, 'utf8'), '');
      return text.split('\n').slice(0, -1);
    },
    async append(lines) {
      if (lines.length === 0) return;
      // Opened anew each time, so that after another process has replaced the file nothing is added to the old one.
      const file = await open(path, 'a+', 0o600);
      let isNew: boolean;
      try {
        const { size } = await file.stat();
        isNew = size === 0;
        // What a crash cut short is ended here, or the next line would be lost with it.
        const torn = !isNew && (await file.read(Buffer.alloc(1), 0, 1, size - 1)).buffer[0] !== lineFeed;
        await file.appendFile(`${torn ? '\n' : ''}${lines.join('\n')}\n`);
        await file.sync();
      } finally {
        await file.close();
      }
      if (isNew) await syncNameOf(path);
    },
    async replace(lines) {
      const draft = `${path}.new`;
      const file = await open(draft, 'w', 0o600);
      try {
        await file.writeFile(lines.map((line) => `${line}\n`).join(''));
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(draft, path);
      await syncNameOf(path);
    },
    bytes: () =>
      ifThere(
        stat(path).then(({ size }) => size),
        0,
      ),
  };
}

const lineFeed = 0x0a;

async function ifThere<T>(asked: Promise<T>, otherwise: T): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return otherwise;
    throw error;
  }
}

/** A new name is on the disk only when its folder is. */
async function syncNameOf(path: string): Promise<void> {
  const folder = await open(dirname(path), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
