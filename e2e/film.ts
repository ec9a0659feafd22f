import { encode } from 'uqr';

/** A film of one still picture, the QR code of a text, as Chromium's fake camera takes it. */
export function filmOf(text: string): Buffer {
  const [width, height] = [640, 480];
  const { data, size } = encode(text);
  const scale = Math.floor((height - 80) / size);
  const [left, top] = [Math.floor((width - size * scale) / 2), Math.floor((height - size * scale) / 2)];
  const light = Buffer.alloc(width * height, 235);
  for (const [y, line] of data.entries())
    for (const [x, isDark] of line.entries()) {
      if (!isDark) continue;
      for (let row = 0; row < scale; row += 1) {
        const at = (top + y * scale + row) * width + left + x * scale;
        light.fill(16, at, at + scale);
      }
    }
  const colour = Buffer.alloc((width * height) / 2, 128);
  const frame = Buffer.concat([Buffer.from('FRAME\n'), light, colour]);
  return Buffer.concat([
    Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\n`),
    ...Array(10).fill(frame),
  ]);
}
