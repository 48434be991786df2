import { describe, expect, it } from "vitest";
import { WHOLE, within, zoomBy } from "./zoom";

const box = { width: 400, height: 300 };

describe("a picture that is enlarged", () => {
  it("keeps what is under the fingers there", () => {
    const zoom = zoomBy(WHOLE, 2, { x: 100, y: -50 }, box);
    expect(zoom).toEqual({ scale: 2, x: -100, y: 50 });
    expect(zoomBy(zoom, 0.5, { x: 100, y: -50 }, box)).toEqual(WHOLE);
  });

  it("is never smaller than whole, nor larger than one can use", () => {
    expect(zoomBy(WHOLE, 0.1, { x: 5, y: 5 }, box)).toEqual(WHOLE);
    expect(zoomBy(WHOLE, 100, { x: 0, y: 0 }, box).scale).toBe(6);
  });

  it("is not moved out of its window", () =>
    expect(within({ scale: 2, x: 900, y: -900 }, box)).toEqual({ scale: 2, x: 200, y: -150 }));
});
