/** What a microphone took in, as a file that every browser plays. */
export type Recording = { file: File; duration_ms: number; waveform: readonly number[] };
