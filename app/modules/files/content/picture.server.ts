import sharp from "sharp";

/** The longest side of a small picture, in pixels. */
const THUMBNAIL = 640;
const PLACEHOLDER = 16;
/** All frames together. A photo of a good camera has 60 million. */
const MOST_PIXELS = 100_000_000;
/** Of a picture that comes within a few KB: more is a bomb. */
const FEW_PIXELS = 1_000_000;
const MOST_SECONDS = 15;

// A picture comes from a stranger: only the loaders of what browsers show read one.
sharp.block({ operation: ["VipsForeignLoad"] });
sharp.unblock({
  operation: [
    ...["VipsForeignLoadJpeg", "VipsForeignLoadPng", "VipsForeignLoadWebp", "VipsForeignLoadNsgif"],
    "VipsForeignLoadHeif",
  ],
});
sharp.cache(false);
sharp.concurrency(1);

const PICTURES = ["image/jpeg", "image/png", "image/webp", "image/gif", "image/avif"];

export const isPicture = (mime: string) => PICTURES.includes(mime);

type Measured = { width: number; height: number } | { reason: "picture_too_large" | "picture_unreadable" };

/** A picture's size as it is shown (cameras lie on their side), from its head alone: nothing is unpacked. */
export async function measurePicture(path: string): Promise<Measured> {
  const head = await sharp(path, { limitInputPixels: false })
    .metadata()
    .catch(() => null);
  if (!head?.width || !head.height) return { reason: "picture_unreadable" };
  if (head.width * head.height * (head.pages ?? 1) > MOST_PIXELS) return { reason: "picture_too_large" };
  const { width, height } = head.autoOrient;
  return { width, height };
}

/**
 * The small picture (WebP, its first frame) and a placeholder of a few pixels as a data URL. Upright, and without what
 * the camera wrote into it: where it was taken stays with the original.
 * @throws what sharp says of a picture that cannot be read to its end
 */
export async function shrinkPicture(path: string): Promise<{ thumbnail: Buffer; placeholder: string }> {
  const thumbnail = await shrink(path, THUMBNAIL, 78, MOST_PIXELS);
  const placeholder = await shrink(path, PLACEHOLDER, 40, MOST_PIXELS);
  return { thumbnail, placeholder: `data:image/webp;base64,${placeholder.toString("base64")}` };
}

/** From the best to the smallest that still shows something: longest side in pixels, and quality. */
const TINY = [
  [400, 70],
  [400, 40],
  [280, 40],
  [180, 35],
] as const;
const TINY_BYTES = 15_000;

/**
 * A stranger's picture as a WebP data URL of at most 20 KB, with its size; null for what is no picture that browsers show,
 * or cannot be made so small.
 */
export async function shrinkToDataUrl(content: Buffer): Promise<{ src: string; width: number; height: number } | null> {
  try {
    for (const [side, quality] of TINY) {
      const { data, info } = await sharp(content, { limitInputPixels: MOST_PIXELS })
        .timeout({ seconds: MOST_SECONDS })
        .autoOrient()
        .resize(side, side, { fit: "inside", withoutEnlargement: true })
        .webp({ quality })
        .toBuffer({ resolveWithObject: true });
      const src = `data:image/webp;base64,${data.toString("base64")}`;
      if (data.length <= TINY_BYTES) return { src, width: info.width, height: info.height };
    }
  } catch {}
  return null;
}

const shrink = (source: string | Buffer, side: number, quality: number, most: number) =>
  sharp(source, { limitInputPixels: most })
    .timeout({ seconds: MOST_SECONDS })
    .autoOrient()
    .resize(side, side, { fit: "inside", withoutEnlargement: true })
    .webp({ quality })
    .toBuffer();

/** A few bytes of a picture, drawn anew as WebP. @throws what sharp says of what it cannot read */
export const shrinkBytes = (bytes: Buffer, side: number, quality: number) => shrink(bytes, side, quality, FEW_PIXELS);

/** The longest side of a logo, in pixels. */
const LOGO = 256;
const LOGO_PIXELS = 25_000_000;

/** A picture drawn anew as a small PNG, upright; null for what is no picture that browsers show. */
export async function drawLogo(picture: Buffer): Promise<{ content: Buffer; width: number; height: number } | null> {
  try {
    const { data, info } = await sharp(picture, { limitInputPixels: LOGO_PIXELS })
      .timeout({ seconds: MOST_SECONDS })
      .autoOrient()
      .resize(LOGO, LOGO, { fit: "inside", withoutEnlargement: true })
      .png({ palette: true, compressionLevel: 9 })
      .toBuffer({ resolveWithObject: true });
    return { content: data, width: info.width, height: info.height };
  } catch {
    return null;
  }
}

/** The size of a picture that was drawn here. */
export async function sizeOfBytes(bytes: Buffer): Promise<{ width: number; height: number }> {
  const { width, height } = await sharp(bytes, { limitInputPixels: FEW_PIXELS }).metadata();
  return { width, height };
}
