/** A picture as we encoded it. */
export type Encoded = { readonly bytes: Buffer; readonly width: number; readonly height: number };

export type PictureLimits = {
  /** It is made to fit within; never enlarged. */
  readonly sideMax: number;
  readonly bytesMax: number;
};

/** Pixels before which a picture is not even decoded: some kilobytes can claim to be gigabytes. */
const pixelsMax = 24_000_000;
const decodeWithinSeconds = 5;
/** Formats with decoders that are attacked by everybody every day; not SVG, which is a program. */
const taken: ReadonlySet<string> = new Set(['png', 'jpeg', 'webp', 'gif']);

/** Loaded when the first picture comes: its decoders take memory that most services never need. */
async function decoder() {
  const { default: sharp } = await import('sharp');
  sharp.concurrency(1);
  sharp.cache(false);
  return sharp;
}

/**
 * Decodes a picture that a stranger may have made and encodes its pixels anew as WebP: no metadata, no second meaning of
 * the bytes survives. Undefined if it is none, or too large.
 */
export async function encodeAnew(
  bytes: Uint8Array,
  { sideMax, bytesMax }: PictureLimits,
): Promise<Encoded | undefined> {
  try {
    const sharp = await decoder();
    const picture = sharp(bytes, { failOn: 'error', limitInputPixels: pixelsMax, pages: 1 });
    const { format } = await picture.metadata();
    if (!taken.has(format)) return undefined;
    const { data, info } = await picture
      .timeout({ seconds: decodeWithinSeconds })
      .autoOrient()
      .resize({ width: sideMax, height: sideMax, fit: 'inside', withoutEnlargement: true })
      .webp({ quality: 85 })
      .toBuffer({ resolveWithObject: true });
    return data.length > bytesMax ? undefined : { bytes: data, width: info.width, height: info.height };
  } catch {
    // Whatever is wrong with it, it is no picture that we can show.
    return undefined;
  }
}
