let sound: AudioContext | undefined;

type Tone = readonly [hertz: number, startMs: number, lengthMs: number];

const tones: Readonly<Record<'good' | 'bad' | 'look', readonly Tone[]>> = {
  good: [
    [880, 0, 90],
    [1320, 100, 140],
  ],
  bad: [[220, 0, 420]],
  look: [
    [520, 0, 120],
    [520, 200, 120],
  ],
};
const patterns = { good: [60], bad: [200, 80, 200], look: [100, 60, 100] };

/** Says by sound and vibration how it went, for eyes that are elsewhere. Devices that can do neither stay silent. */
export function signal(kind: 'good' | 'bad' | 'look'): void {
  if ('vibrate' in navigator) navigator.vibrate(patterns[kind]);
  if (!('AudioContext' in globalThis)) return;
  sound ??= new AudioContext();
  for (const [hertz, startMs, lengthMs] of tones[kind]) playTone(sound, hertz, startMs, lengthMs);
}

function playTone(context: AudioContext, hertz: number, startMs: number, lengthMs: number): void {
  const [from, to] = [
    context.currentTime + startMs / 1000,
    context.currentTime + (startMs + lengthMs) / 1000,
  ];
  const tone = context.createOscillator();
  const volume = context.createGain();
  tone.frequency.value = hertz;
  volume.gain.setValueAtTime(0.18, from);
  volume.gain.exponentialRampToValueAtTime(0.001, to);
  tone.connect(volume).connect(context.destination);
  tone.start(from);
  tone.stop(to);
}
