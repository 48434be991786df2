import { expect, it } from "vitest";
import { formatBytes } from "./format-bytes";

it.each([
  [0, "0 bytes"],
  [999, "999 bytes"],
  [1000, "1 kB"],
  [812_345, "812 kB"],
  [1_440_000, "1,4 MB"],
  [18_000_000, "18 MB"],
  [3_200_000_000_000_000, "3200 TB"],
])("writes %d bytes as %s", (bytes, written) => {
  expect(formatBytes(bytes, "es-AR").replace(".", "")).toBe(written);
});
