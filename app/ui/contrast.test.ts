import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

type Rgb = [number, number, number];

const css = readFileSync(join(import.meta.dirname, "../styles.css"), "utf8");

/** The colour tokens of a stretch of CSS, as linear light red, green and blue (opaque ones only). */
function tokens(source: string): Map<string, Rgb> {
  const found = source.matchAll(/--color-([a-z-]+): oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)/g);
  return new Map([...found].map(([, name, l, c, h]) => [name!, linearRgb(Number(l), Number(c), Number(h))]));
}

/** OKLCH to linear sRGB, clipped to what a screen shows (matrices: CSS Color 4, section "Sample code"). */
function linearRgb(lightness: number, chroma: number, hue: number): Rgb {
  const angle = (hue * Math.PI) / 180;
  const a = chroma * Math.cos(angle);
  const b = chroma * Math.sin(angle);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const clip = (value: number) => Math.min(1, Math.max(0, value));
  return [
    clip(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    clip(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    clip(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

/** WCAG 2.2 contrast ratio, 1 to 21. */
function contrast(one: Rgb, other: Rgb): number {
  const luminance = ([r, g, b]: Rgb) => 0.2126 * r + 0.7152 * g + 0.0722 * b;
  const [light, dark] = [luminance(one), luminance(other)].sort((x, y) => y - x);
  return (light! + 0.05) / (dark! + 0.05);
}

const themeStart = css.indexOf("@theme {");
const darkStart = css.indexOf("@variant dark {");
const light = tokens(css.slice(themeStart, css.indexOf("\n}", themeStart)));
const avatars = [...light].filter(([name]) => name.startsWith("avatar-"));
const dark = new Map([...avatars, ...tokens(css.slice(darkStart, css.indexOf("\n    }", darkStart)))]);

const grounds = ["canvas", "surface", "raised", "sunken", "hover"];
const tones = ["accent", "jungle", "river", "amber", "danger"];
const bubbles = ["bubble-own", "bubble-other", "river-soft", "amber-soft"];

/** [what is drawn, on what, least ratio] */
const pairs: [string, string, number][] = [
  ...grounds.flatMap((ground): [string, string, number][] => [
    ["ink", ground, 7],
    ["ink-soft", ground, 4.5],
    ["ink-faint", ground, 4.5],
    ...tones.map((tone): [string, string, number] => [`${tone}-text`, ground, 4.5]),
  ]),
  ...tones.flatMap((tone): [string, string, number][] => [
    [`${tone}-text`, `${tone}-soft`, 4.5],
    ["ink", `${tone}-soft`, 7],
  ]),
  ...bubbles.flatMap((bubble): [string, string, number][] => [
    ["ink", bubble, 7],
    ["ink-soft", bubble, 4.5],
    ["accent-text", bubble, 4.5],
    ["danger-text", bubble, 4.5],
    ["river-text", bubble, 4.5],
  ]),
  ...["accent", "accent-strong", "jungle", "river", "danger", "danger-strong", ...avatars.map(([name]) => name)].map(
    (fill): [string, string, number] => ["on-fill", fill, 4.5],
  ),
  ...["canvas", "surface"].flatMap((ground): [string, string, number][] => [
    ["line-strong", ground, 3],
    ["focus", ground, 3],
    ...tones.map((tone): [string, string, number] => [tone, ground, 3]),
  ]),
  ["line-strong", "raised", 3],
  ["focus", "raised", 3],
];

describe.each([
  ["light", light],
  ["dark", dark],
])("the %s theme", (_, theme) => {
  it("defines every colour that the light one has", () => {
    expect([...theme.keys()].sort()).toEqual([...light.keys()].sort());
    expect(theme.size).toBeGreaterThan(35);
  });

  it.each(pairs)("shows %s on %s at %d:1 or better", (front, ground, least) => {
    expect(contrast(theme.get(front)!, theme.get(ground)!)).toBeGreaterThanOrEqual(least);
  });
});

it("measures white on black as 21 to 1", () => {
  expect(contrast(linearRgb(1, 0, 0), linearRgb(0, 0, 0))).toBeCloseTo(21, 1);
});
