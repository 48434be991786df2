import { eq } from "drizzle-orm";
import sharp from "sharp";
import { beforeAll, describe, expect, it } from "vitest";
import { toMessage } from "~/modules/messaging/index.server";
import { sendMessage } from "~/modules/tickets/index.server";
import { asSystem } from "~/platform/db.server";
import { newId } from "~/platform/ids";
import { schema } from "~db/index.server";
import { type Tus, tusOf, withFiles } from "../../support/files/tus";
import { type Customer, makeCustomer, makeWorld } from "../../support/world";

const { url } = withFiles();

let customer: Customer;
let guest: Tus;
beforeAll(async () => {
  customer = await makeCustomer(await makeWorld());
  await customer.writes("hola");
  guest = tusOf(url, { authorization: `Bearer ${customer.token}` });
});

const meta = (more: Record<string, string>) => ({ conversation: customer.conversationId, filename: "f", ...more });
const fileRow = async (id: string) =>
  (await asSystem("test", (tx) => tx.select().from(schema.file).where(eq(schema.file.id, id))))[0];

/** A picture of one colour, of the given size. */
const picture = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: "#804020" } });
const dataUrl = (bytes: Buffer, type = "webp") => `data:image/${type};base64,${bytes.toString("base64")}`;

const WEBM = Buffer.concat([Buffer.from("1a45dfa3934282847765626d", "hex"), Buffer.alloc(64)]);
const WAV = Buffer.concat([Buffer.from("RIFF\0\0\0\0WAVEfmt "), Buffer.alloc(64)]);

describe("what a sender tells of a file (TF4)", () => {
  it("of a voice note goes with its message: how long it is and how it sounds", async () => {
    const bars = Array.from({ length: 100 }, (_, place) => place);
    const told = { voice: "1", filetype: "audio/wav", duration: "4210", waveform: bars.join(",") };
    const id = await guest.send(WAV, meta(told));
    expect(await fileRow(id)).toMatchObject({ kind: "voice", durationMs: 4210, waveform: bars });
    const said = { conversationId: customer.conversationId, clientId: newId(), text: "", attachments: [id] };
    const { row } = await sendMessage(customer.guest, { ...said, visibility: "public" });
    expect(toMessage(row).attachments[0]).toMatchObject({
      ...{ duration_ms: 4210, waveform: bars, width: null, thumbnail: null, placeholder: null },
    });
  });

  it("of a video is a poster, drawn anew, whose shape is the video's", async () => {
    const poster = await picture(300, 150)
      .jpeg({ quality: 50 })
      .withExif({ IFD0: { Artist: "quien lo grabó" } })
      .toBuffer();
    const told = { filetype: "video/webm", duration: "2000", placeholder: dataUrl(poster, "jpeg"), waveform: "1,2" };
    const row = await fileRow(await guest.send(WEBM, meta(told)));
    expect(row).toMatchObject({ kind: "video", durationMs: 2000, width: 160, height: 80, waveform: null });
    const bytes = Buffer.from(row!.placeholder!.split(",")[1]!, "base64");
    expect(bytes.length).toBeLessThanOrEqual(4096);
    const drawn = await sharp(bytes).metadata();
    expect(drawn.format).toBe("webp");
    expect(drawn.exif).toBeUndefined();
  });

  it("of a picture is a few pixels and no length", async () => {
    const bytes = await picture(900, 300).png().toBuffer();
    const small = dataUrl(await picture(60, 20).webp().toBuffer());
    const told = { filetype: "image/png", placeholder: small, duration: "100", waveform: "1" };
    const row = await fileRow(await guest.send(bytes, meta(told)));
    expect(row).toMatchObject({ kind: "image", width: 900, height: 300, durationMs: null, waveform: null });
    expect(await sharp(Buffer.from(row!.placeholder!.split(",")[1]!, "base64")).metadata()).toMatchObject({
      width: 24,
    });
  });

  it("is left out where it is unsound, and the file comes in all the same", async () => {
    const svg = Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>`);
    const noisy = await sharp({
      create: {
        width: 72,
        height: 72,
        channels: 3,
        background: "#000",
        noise: { type: "gaussian", sigma: 90, mean: 99 },
      },
    })
      .webp({ quality: 90 })
      .toBuffer();
    expect(noisy.length).toBeGreaterThan(4096);
    expect(noisy.length).toBeLessThan(7000);
    const bomb = await picture(4000, 4000).webp({ quality: 1 }).toBuffer();
    const placeholders = [
      ...[dataUrl(svg, "svg+xml"), dataUrl(svg), dataUrl(noisy), dataUrl(bomb.subarray(0, 4096))],
      ...["https://evil.example/x.webp", "data:image/webp;base64,", "data:text/html;base64,PGI+", "x"],
    ];
    for (const placeholder of placeholders) {
      const row = await fileRow(await guest.send(WEBM, meta({ filetype: "video/webm", placeholder })));
      expect(row).toMatchObject({ kind: "video", placeholder: null, width: null });
    }
    const lengths = ["-1", "0", "1e9", "99999999999", "1.5", "x"];
    const waves = ["101", "1,,2", "-1", "1;2", "a", Array.from({ length: 101 }, () => 1).join(",")];
    for (const [place, duration] of lengths.entries()) {
      const told = { filetype: "audio/wav", duration, waveform: waves[place]! };
      expect(await fileRow(await guest.send(WAV, meta(told)))).toMatchObject({ durationMs: null, waveform: null });
    }
  });
});
