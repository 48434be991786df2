const TONES_HZ = [660, 880];
const EACH_S = 0.13;
const LOUDNESS = 0.08;

/** Two short tones. Silent where the browser wants to be touched first. */
export async function ring(): Promise<void> {
  const context = new AudioContext();
  const gain = new GainNode(context, { gain: LOUDNESS });
  gain.connect(context.destination);
  const end = context.currentTime + TONES_HZ.length * EACH_S;
  gain.gain.setTargetAtTime(0, end - EACH_S / 2, EACH_S / 4);
  const tones = TONES_HZ.map((frequency, place) => {
    const tone = new OscillatorNode(context, { frequency });
    tone.connect(gain);
    tone.start(context.currentTime + place * EACH_S);
    tone.stop(context.currentTime + (place + 1) * EACH_S);
    return tone;
  });
  tones.at(-1)?.addEventListener("ended", () => void context.close());
  if (context.state === "suspended") await context.close();
}
