import { describe, expect, it } from "vitest";
import { barsOf, resample } from "./bars-of";

describe("the bars of a sound", () => {
  it("tell where it is loud, the loudest being 100", () => {
    const samples = Float32Array.from({ length: 8000 }, (_, at) => Math.sin(at) * (at < 4000 ? 0.1 : 0.4));
    const bars = barsOf(samples, 10);
    expect(bars).toHaveLength(10);
    expect(Math.max(...bars)).toBe(100);
    expect(bars.slice(0, 5).every((bar) => bar > 20 && bar < 30)).toBe(true);
  });

  it("of silence are flat, and of nothing none", () => {
    expect(barsOf(new Float32Array(8000), 4)).toEqual([0, 0, 0, 0]);
    expect(barsOf(new Float32Array(3), 4)).toEqual([]);
  });

  it("can be fewer or more, and lose no peak", () => {
    expect(resample([1, 9, 2, 3], 2)).toEqual([9, 3]);
    expect(resample([1, 9], 4)).toEqual([1, 1, 9, 9]);
  });
});
