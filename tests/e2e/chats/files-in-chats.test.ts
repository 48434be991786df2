import { createHash, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withBrowser } from "../../support/browser";
import { type Product, startProduct } from "../../support/product";
import { agentComes, chatRow, composer, picks, says, sends, thread } from "../people";

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
/** A second of a moving square, as this browser records it. */
const recordVideo = async (page: Page): Promise<Buffer> =>
  Buffer.from(
    await page.evaluate(async () => {
      const canvas = Object.assign(document.createElement("canvas"), { width: 320, height: 180 });
      const context = canvas.getContext("2d")!;
      const recorder = new MediaRecorder(canvas.captureStream(20), { mimeType: "video/webm" });
      const parts: Blob[] = [];
      recorder.ondataavailable = ({ data }) => parts.push(data);
      const done = new Promise((resolve) => {
        recorder.onstop = resolve;
      });
      recorder.start();
      for (let step = 0; step < 20; step++) {
        context.fillStyle = "#2d6a4f";
        context.fillRect(0, 0, 320, 180);
        context.fillStyle = "#d9653b";
        context.fillRect(step * 12, 60, 60, 60);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      recorder.stop();
      await done;
      const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
      let text = "";
      for (const byte of bytes) text += String.fromCharCode(byte);
      return btoa(text);
    }),
    "base64",
  );

describe("files in chats", () => {
  const stage = withBrowser({
    args: ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"],
  });
  let product: Product;
  beforeAll(async () => {
    product = await startProduct();
  });
  afterAll(() => product?.dispose());

  const comes = async (email: string, expected: RegExp[] = []) =>
    (await agentComes(stage, product.url, email, { next: "/chats", expected })).page;

  it("two people send each other a picture, a video, a voice and a file, over a line that breaks", async () => {
    const away = [/ERR_INTERNET_DISCONNECTED/];
    const [diego, bruno] = [await comes("cliente@demo.test", away), await comes("agente@demo.test")];
    await diego.getByLabel("Usuario o correo").fill("agente@demo.test");
    await diego.getByRole("button", { name: "Abrir chat" }).click();
    await diego.getByRole("heading", { name: "Bruno Acosta" }).waitFor();
    await says(diego, "Hola, te paso unas fotos");
    await chatRow(bruno, /Diego Sosa/).click();
    await bruno.getByRole("button", { name: "Aceptar" }).click();

    const noise = { width: 1200, height: 800, channels: 3 as const, background: "#2d6a4f" };
    const photo = await sharp({ create: noise }).jpeg().toBuffer();
    await picks(diego, { name: "río.jpg", mimeType: "image/jpeg", buffer: photo });
    await composer(diego).fill("Mirá el río");
    await composer(diego).press("Enter");
    await thread(bruno).getByText("Mirá el río").waitFor();
    const picture = thread(bruno).getByRole("button", { name: "Abrir río.jpg" });
    await expect
      .poll(() => picture.locator("img").evaluate((img: HTMLImageElement) => img.naturalWidth))
      .toBeGreaterThan(0);
    await picture.click();
    await bruno.getByRole("dialog", { name: "Vista ampliada" }).waitFor();
    await bruno.keyboard.press("Escape");
    await bruno.getByRole("dialog", { name: "Vista ampliada" }).waitFor({ state: "detached" });
    expect(await picture.evaluate((button) => button === document.activeElement)).toBe(true);

    const film = await recordVideo(diego);
    await picks(diego, { name: "film.webm", mimeType: "video/webm", buffer: film });
    await sends(diego);
    const video = thread(bruno).getByLabel("film.webm");
    await video.waitFor();
    const played = video.evaluate(async (element: HTMLVideoElement) => {
      element.muted = true;
      await element.play();
      return [element.videoWidth, element.videoHeight];
    });
    expect(await played).toEqual([320, 180]);

    await diego.getByRole("button", { name: "Grabar mensaje de voz" }).click();
    await diego.getByRole("timer").waitFor();
    await diego.waitForTimeout(2_000);
    await diego.getByRole("button", { name: "Terminar y escuchar" }).click();
    await diego.getByRole("button", { name: "Reproducir Mensaje de voz" }).waitFor();
    await diego.getByRole("button", { name: "Enviar la grabación" }).click();
    await thread(bruno).getByRole("button", { name: "Reproducir Mensaje de voz" }).click();
    await thread(bruno).getByRole("button", { name: "Pausar" }).waitFor();
    await bruno.getByRole("link", { name: /Mensaje de voz/ }).waitFor();

    const large = randomBytes(6_000_000);
    // Slow enough for the break to come in the midst of it.
    const line = await diego.context().newCDPSession(diego);
    const speed = { offline: false, latency: 5, downloadThroughput: -1, uploadThroughput: 1_500_000 };
    await line.send("Network.enable");
    await line.send("Network.emulateNetworkConditions", speed);
    await picks(diego, { name: "planos.bin", mimeType: "application/octet-stream", buffer: large });
    await sends(diego);
    const progress = thread(diego).getByRole("progressbar");
    await expect.poll(async () => Number(await progress.getAttribute("aria-valuenow"))).toBeGreaterThan(10);
    await line.send("Network.emulateNetworkConditions", { ...speed, offline: true });
    await diego.waitForTimeout(2_000);
    await line.send("Network.emulateNetworkConditions", { ...speed, uploadThroughput: -1 });
    const link = thread(bruno).getByRole("link", { name: "Descargar planos.bin" });
    const coming = bruno.waitForEvent("download");
    await link.click();
    expect(sha256(readFileSync(await (await coming).path()))).toBe(sha256(large));

    await bruno.getByRole("button", { name: "Opciones del chat" }).click();
    await bruno.getByRole("menuitem", { name: "Archivos del chat" }).click();
    await bruno.getByRole("button", { name: "Abrir río.jpg" }).waitFor();
    await bruno.getByRole("link", { name: "Archivos", exact: true }).click();
    await bruno.getByRole("link", { name: "Descargar planos.bin" }).waitFor();
  });
});
