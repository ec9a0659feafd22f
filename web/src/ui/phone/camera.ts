import wasmUrl from 'zxing-wasm/reader/zxing_reader.wasm?url';

type Detector = { detect(source: HTMLVideoElement): Promise<readonly { readonly rawValue: string }[]> };
type DetectorClass = {
  new (options: { formats: string[] }): Detector;
  getSupportedFormats(): Promise<string[]>;
};

/** Finds the text of a code in what the camera shows now; undefined if there is none. */
export type Reader = (video: HTMLVideoElement) => Promise<string | undefined>;

const formats = ['qr_code', 'code_128'];

/** The browser's own reader where it has one, and else our WebAssembly one, which is served from here. */
export async function openReader(): Promise<Reader> {
  const native = (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector;
  const known = (await native?.getSupportedFormats().catch(() => [])) ?? [];
  if (native && formats.every((format) => known.includes(format))) {
    const detector = new native({ formats });
    return async (video) => (await detector.detect(video))[0]?.rawValue;
  }
  const { prepareZXingModule, readBarcodes } = await import('zxing-wasm/reader');
  prepareZXingModule({ overrides: { locateFile: () => wasmUrl } });
  const canvas = document.createElement('canvas');
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  return async (video) => {
    if (!pen || video.videoWidth === 0) return undefined;
    canvas.width = video.videoWidth;
    canvas.height = video.videoHeight;
    pen.drawImage(video, 0, 0);
    const picture = pen.getImageData(0, 0, canvas.width, canvas.height);
    const found = await readBarcodes(picture, { formats: ['QRCode', 'Code128'], maxNumberOfSymbols: 1 });
    return found[0]?.text;
  };
}

/** Opens the camera that looks away from whoever holds the phone. */
export function openCamera(): Promise<MediaStream> {
  return navigator.mediaDevices.getUserMedia({
    audio: false,
    video: { facingMode: 'environment', width: { ideal: 1280 } },
  });
}

/** Whether the camera has a light. */
export function hasTorch(stream: MediaStream): boolean {
  const [track] = stream.getVideoTracks();
  const abilities = track?.getCapabilities?.() ?? {};
  return 'torch' in abilities && abilities.torch === true;
}

/** Turns the light on or off. */
export async function setTorch(stream: MediaStream, on: boolean): Promise<void> {
  const wanted: MediaTrackConstraints & { advanced: { torch?: boolean }[] } = { advanced: [{ torch: on }] };
  await stream.getVideoTracks()[0]?.applyConstraints(wanted);
}
