/** A plain line for a person. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** A result for a machine: one line of JSON. Amounts are written as integers. */
export function sayJson(value: unknown): void {
  const text = JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'bigint' ? Number(part) : part,
  );
  process.stdout.write(`${text}\n`);
}

export type Progress = { at(done: number): void; end(): void };

const showAfterMs = 2_000;
const barWidth = 30;

/** A bar on a terminal, for what takes longer than two seconds; nothing where nobody looks. */
export function progressBar(
  label: string,
  total: number,
  stream: NodeJS.WriteStream = process.stderr,
): Progress {
  const started = performance.now();
  let last = -1;
  let shown = false;
  return {
    at(done) {
      if (!stream.isTTY || performance.now() - started < showAfterMs) return;
      const percent = total === 0 ? 100 : Math.floor((100 * done) / total);
      if (percent === last) return;
      last = percent;
      shown = true;
      const filled = Math.round((barWidth * percent) / 100);
      const left =
        percent === 0
          ? ''
          : ` ${Math.round((((performance.now() - started) / percent) * (100 - percent)) / 1000)} s left`;
      stream.write(
        `\r${label} [${'#'.repeat(filled)}${'.'.repeat(barWidth - filled)}] ${percent} %${left}   `,
      );
    },
    end() {
      if (shown) stream.write('\r\u001b[K');
    },
  };
}
