import { expect, it } from "vitest";
import { encodeWav } from "./encode-wav";

it("sound becomes a WAV file of one channel and 16 bits, cut where it is too loud", () => {
  const bytes = Buffer.from(encodeWav(Float32Array.from([0, 1, -1, 2]), 16_000));
  expect(bytes.toString("latin1", 0, 4) + bytes.toString("latin1", 8, 16)).toBe("RIFFWAVEfmt ");
  expect(bytes.readUInt32LE(4)).toBe(bytes.length - 8);
  expect([bytes.readUInt16LE(22), bytes.readUInt32LE(24), bytes.readUInt16LE(34)]).toEqual([1, 16_000, 16]);
  expect(bytes.readUInt32LE(40)).toBe(8);
  expect([0, 1, 2, 3].map((place) => bytes.readInt16LE(44 + place * 2))).toEqual([0, 32767, -32767, 32767]);
});
