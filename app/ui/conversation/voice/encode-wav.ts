const HEAD_BYTES = 44;

/** One channel of sound (each sample from -1 to 1) as a WAV file of 16 bits. */
export function encodeWav(samples: Float32Array, rate: number): ArrayBuffer {
  const bytes = samples.length * 2;
  const buffer = new ArrayBuffer(HEAD_BYTES + bytes);
  const view = new DataView(buffer);
  const word = (at: number, text: string) => {
    for (let i = 0; i < text.length; i++) view.setUint8(at + i, text.charCodeAt(i));
  };
  word(0, "RIFF");
  view.setUint32(4, HEAD_BYTES - 8 + bytes, true);
  word(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, rate * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  word(36, "data");
  view.setUint32(40, bytes, true);
  for (let i = 0; i < samples.length; i++) {
    const loud = Math.max(-1, Math.min(1, samples[i] ?? 0));
    view.setInt16(HEAD_BYTES + i * 2, Math.round(loud * 0x7fff), true);
  }
  return buffer;
}
