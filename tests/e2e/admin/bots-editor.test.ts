import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withBrowser } from "../../support/browser";
import { type Product, startProduct } from "../../support/product";
import { comesAlive, PASSWORD, signsIn } from "../people";
import { violations } from "../violations";

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const PICTURE = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEUlEQVR42mM44SaHFTEMLQkAePtLAdeF/a4AAAAASUVORK5CYII=",
  "base64",
);
const NAME = "Pedidos de la casa";

const node = (page: Page, text: string | RegExp): Locator => page.locator(".react-flow__node", { hasText: text });
const saved = (page: Page) => page.locator("header").getByText("Guardado", { exact: true }).waitFor();
const panel = (page: Page) => page.getByRole("complementary", { name: "Ajustes y problemas" });
const more = async (page: Page, item: string) => {
  await page.locator("header").getByRole("button", { name: "Más opciones" }).click();
  await page.getByRole("menuitem", { name: item }).click();
};

describe("the editor of bots", () => {
  const stage = withBrowser();
  let product: Product;
  beforeAll(async () => {
    product = await startProduct();
  });
  afterAll(() => product?.dispose());

  async function comes(path: string, options = {}): Promise<Page> {
    const { page } = await stage.visitor(options);
    await signsIn(page, product.url, { email: "admin@demo.test", password: PASSWORD, next: path });
    await comesAlive(page);
    return page;
  }

  it("lets an owner draw, be told what is missing, mend it, and publish; a second one loses nothing", async () => {
    const ana = await comes("/bots", { expected: [/status of 409/] });
    await ana.getByRole("button", { name: "Bot nuevo" }).click();
    await ana.getByRole("radio", { name: /Bienvenida con menú/ }).check();
    await ana.getByLabel("Nombre del bot").fill(NAME);
    await ana.getByRole("button", { name: "Crear bot" }).click();
    await node(ana, "¿En qué te podemos ayudar?").waitFor();
    const before = await ana.locator(".react-flow__node").count();

    // A choice behind an exit that is let go: its options lead nowhere, and it has no words yet.
    await node(ana, "Se despide y cierra").click();
    await ana.keyboard.press("Delete");
    await expect.poll(() => ana.locator(".react-flow__node").count()).toBe(before - 1);
    await node(ana, "¿En qué te podemos ayudar?")
      .getByRole("button", { name: "Agregar un paso después de «No contestó»" })
      .click();
    await ana.getByRole("dialog", { name: "¿Qué sigue?" }).getByRole("button", { name: "Menú de opciones" }).click();
    const settings = panel(ana);
    await settings.getByRole("textbox", { name: "Pregunta", exact: true }).fill("¿Querés que te llamemos?");
    await settings.getByRole("textbox", { name: "Opción" }).first().fill("Sí, llamame");
    const complaint = settings.getByText("La salida «Sí, llamame» no lleva a ninguna parte.");
    await complaint.waitFor();
    await ana.locator("header").getByRole("button", { name: /error/ }).click();
    await settings.getByRole("button", { name: /La salida «Sí, llamame»/ }).click();
    await ana.locator("header").getByRole("button", { name: "Publicar" }).click();
    const dialog = ana.getByRole("dialog", { name: "Publicar" });
    expect(await dialog.getByRole("button", { name: "Publicar" }).isDisabled()).toBe(true);
    await ana.keyboard.press("Escape");

    // Mended by the keyboard: the exit is led to a new step.
    const choice = node(ana, "¿Querés que te llamemos?");
    await choice.focus();
    await ana.keyboard.press("c");
    const connect = ana.getByRole("dialog", { name: "Conectar" });
    await connect.getByLabel("Lleva a").selectOption({ label: "Pasar a una persona" });
    await connect.getByRole("button", { name: "Conectar" }).click();
    await expect.poll(() => ana.locator("header").getByRole("button", { name: /error/ }).count()).toBe(0);
    await expect.poll(() => ana.locator(".react-flow__node").count()).toBe(before + 1);

    await ana.keyboard.press("Control+z");
    await complaintOf(ana);
    await ana.keyboard.press("Control+y");
    await expect.poll(() => ana.locator("header").getByRole("button", { name: /error/ }).count()).toBe(0);

    // Copied as text, pasted with new ids, and undone.
    await choice.click();
    await choice.focus();
    await ana.keyboard.press("Control+d");
    await expect.poll(() => ana.locator(".react-flow__node").count()).toBe(before + 2);
    await ana.getByRole("button", { name: "Deshacer" }).click();
    await expect.poll(() => ana.locator(".react-flow__node").count()).toBe(before + 1);

    await ana.keyboard.press("Control+f");
    await ana.getByRole("searchbox", { name: "Un nombre o parte de un texto" }).fill("llamemos");
    await ana.keyboard.press("Enter");
    await settings.getByRole("textbox", { name: "Pregunta", exact: true }).waitFor();
    await saved(ana);
    await ana.locator("header").getByRole("button", { name: "Publicar" }).click();
    await dialog.getByLabel("Nombre de la versión").fill("Primera");
    await dialog.getByRole("button", { name: "Publicar" }).click();
    await ana.getByText("Publicado: versión 1.").waitFor();

    // A second editor saves first.
    const bea = await comes(new URL(ana.url()).pathname);
    await node(bea, "¿En qué te podemos ayudar?").click();
    await panel(bea).getByRole("textbox", { name: "Pregunta", exact: true }).fill("¿Qué necesitás?");
    await saved(bea);
    await node(ana, "¿Querés que te llamemos?").click();
    await settings.getByRole("textbox", { name: "Pregunta", exact: true }).fill("¿Te llamamos hoy?");
    const conflict = ana.getByRole("alertdialog", { name: /Otra persona guardó/ });
    await conflict.getByText("Ver en qué difieren").click();
    await conflict.getByText("¿Qué necesitás?").first().waitFor();
    await conflict.getByText("Vos, en otra ventana o dispositivo").waitFor();
    expect(await conflict.getByRole("time").count()).toBe(1);
    expect(await conflict.getByRole("button", { name: "Cerrar", exact: true }).count()).toBe(0);
    await conflict.getByRole("button", { name: "Guardar lo mío como otro bot" }).click();
    await ana.getByRole("heading", { name: `${NAME} (lo mío)` }).waitFor();
    await node(ana, "¿Te llamamos hoy?").waitFor();

    // Back to what was published.
    await more(bea, "Versiones");
    await bea.getByRole("dialog", { name: "Versiones" }).getByRole("button", { name: "Comparar" }).click();
    await bea.getByText("¿Qué necesitás?").last().waitFor();
    expect(await violations(bea)).toEqual([]);
  });

  const complaintOf = (page: Page) => page.locator("header").getByRole("button", { name: /error/ }).waitFor();

  it("brings a file into a step, and tries another system from the settings", async () => {
    const page = await comes("/bots");
    await page.getByRole("button", { name: "Bot nuevo" }).click();
    await page.getByRole("radio", { name: /^Vacío/ }).check();
    await page.getByLabel("Nombre del bot").fill("Con fotos");
    await page.getByRole("button", { name: "Crear bot" }).click();
    const palette = page.getByRole("complementary", { name: "Pasos para agregar" });
    await palette.getByRole("button", { name: "Imagen o archivo" }).click();
    const settings = panel(page);
    const brings = async (button: string, file: { name: string; mimeType: string; buffer: Buffer }) => {
      const [chooser] = await Promise.all([
        page.waitForEvent("filechooser"),
        settings.getByRole("button", { name: button }).click(),
      ]);
      await chooser.setFiles([file]);
      await settings.getByText(file.name).waitFor();
    };
    await brings("Subir un archivo", { name: "yerba.png", mimeType: "image/png", buffer: PICTURE });
    await settings.locator("figure img").waitFor();
    expect(await violations(page)).toEqual([]);
    await saved(page);
    await page.reload();
    await node(page, "Imagen o archivo").click();
    await settings.locator("figure img").waitFor();
    await brings("Cambiar el archivo", { name: "precios.txt", mimeType: "text/plain", buffer: Buffer.from("3000") });
    await expect.poll(() => settings.getByLabel("Qué es").inputValue()).toBe("file");
    await settings.getByRole("button", { name: "Quitar", exact: true }).click();
    await settings.getByText("Falta completar esto.").waitFor();

    await palette.getByRole("button", { name: "Consultar otro sistema" }).click();
    await settings.getByLabel("Dirección", { exact: true }).fill("https://tienda.example/{{flow.pedido}}");
    await settings.getByLabel("flow.pedido").fill("77");
    await settings.getByRole("button", { name: "Probar", exact: true }).click();
    await settings.getByText("No se pudo llegar al servidor.").waitFor();
    // A running product asks no address of its own machine: here it is answered for.
    await page.route("**/bots/try", (route) => {
      expect(route.request().postDataJSON().samples).toEqual({ "flow.pedido": "77" });
      const body = { pedido: { estado: "en camino", cajas: [{ peso: 2 }] } };
      return route.fulfill({ json: { status: 200, body, saved: {} } });
    });
    await settings.getByRole("button", { name: "Probar", exact: true }).click();
    await settings.getByRole("button", { name: /Guardar pedido\.estado en un dato/ }).click();
    await settings.getByRole("button", { name: /pedido\.estado se guarda como estado/ }).waitFor();
    expect(await settings.getByLabel("Guardar como").inputValue()).toBe("estado");
    expect(await violations(page)).toEqual([]);
  });

  it("works on a phone as a list: read, edit, add behind an exit, undo", async () => {
    const page = await comes("/bots", PHONE);
    expect(await violations(page)).toEqual([]);
    await page.getByRole("link", { name: NAME, exact: true }).click();
    const list = page.getByRole("list", { name: "Lista" });
    await list.getByRole("button", { name: /Menú de opciones.*¿Qué necesitás?/ }).click();
    const sheet = page.getByRole("dialog", { name: "Menú de opciones" });
    await sheet.getByRole("textbox", { name: "Pregunta", exact: true }).fill("¿En qué andás?");
    expect(await violations(page)).toEqual([]);
    await sheet.getByRole("button", { name: "Cerrar" }).click();
    await list.getByRole("button", { name: /¿En qué andás?/ }).waitFor();
    const loose = "Agregar un paso después de «No se entendió»";
    await list.getByRole("button", { name: loose }).last().click();
    await page
      .getByRole("dialog", { name: "¿Qué sigue?" })
      .getByRole("button", { name: "Cerrar", exact: true })
      .last()
      .click();
    await page.getByRole("dialog", { name: "Cerrar" }).getByRole("button", { name: "Cerrar" }).click();
    await page.getByRole("button", { name: "Deshacer" }).click();
    await list.getByRole("button", { name: loose }).last().waitFor();
    await saved(page);
    expect(await violations(page)).toEqual([]);
  });
});
