import { afterAll, beforeAll, describe, it } from "vitest";
import { withBrowser } from "../../support/browser";
import { type Product, startProduct } from "../../support/product";
import { agentComes, bubble, chatRow, composer, says } from "../people";

describe("what is begun, left for later, and who is there", () => {
  const stage = withBrowser();
  let product: Product;
  beforeAll(async () => {
    product = await startProduct();
  });
  afterAll(() => product?.dispose());

  const comes = async (email: string, next = "/chats") => (await agentComes(stage, product.url, email, { next })).page;

  it("each sees whether the other is there, until one hides it", async () => {
    const [diego, bruno] = [await comes("cliente@demo.test"), await comes("agente@demo.test")];
    await diego.getByLabel("Usuario o correo").fill("agente@demo.test");
    await diego.getByRole("button", { name: "Abrir chat" }).click();
    await diego.getByRole("heading", { name: "Bruno Acosta" }).waitFor();
    await says(diego, "Hola Bruno");
    await chatRow(bruno, /Diego Sosa/).click();
    await bruno.getByRole("button", { name: "Aceptar" }).click();
    await diego.getByText("en línea", { exact: true }).waitFor();
    await bruno.getByText("en línea", { exact: true }).waitFor();
    await bruno.goto("about:blank");
    await diego.getByText(/^últ\. vez hoy \d\d:\d\d$/).waitFor();

    const settings = await comes("agente@demo.test", "/settings");
    await settings.getByLabel("Mostrar cuándo estoy en línea").uncheck();
    await settings.locator("#presence").getByRole("button", { name: "Guardar" }).click();
    await settings.locator("#presence").getByText("Guardado").waitFor();
    await diego.getByText(/^últ\. vez/).waitFor({ state: "detached" });
  });

  it("what is begun on one device stands in the list and goes on on another, and is gone once sent", async () => {
    const [one, two] = [await comes("agente@demo.test"), await comes("agente@demo.test")];
    await chatRow(one, /Diego Sosa/).click();
    await composer(one).fill("A medio escr");
    await two.getByRole("link", { name: /Borrador: A medio escr/ }).click();
    await two.waitForFunction(() => document.querySelector("textarea")?.value === "A medio escr");
    await composer(two).fill("A medio escribir");
    await composer(two).press("Enter");
    await bubble(two, "A medio escribir").waitFor();
    await one.waitForFunction(() => document.querySelector("textarea")?.value === "");
  });

  it("a message for later waits above the field, comes back when taken back, and leaves at once if asked", async () => {
    const [diego, bruno] = [await comes("cliente@demo.test"), await comes("agente@demo.test")];
    await chatRow(diego, /Bruno Acosta/).click();
    await chatRow(bruno, /Diego Sosa/).click();
    await composer(bruno).fill("Feliz cumple");
    await bruno.getByRole("button", { name: "Enviar más tarde" }).click();
    await bruno.getByRole("menuitem", { name: "Mañana a las 9:00" }).click();
    await bruno.getByText(/Se envía mañana 09:00/).waitFor();
    const waiting = bruno.getByText("1 mensaje programado");
    await waiting.click();
    await bruno.getByRole("button", { name: "Opciones del mensaje programado" }).click();
    await bruno.getByRole("menuitem", { name: "No enviar" }).click();
    await waiting.waitFor({ state: "detached" });
    await bruno.getByRole("button", { name: "Deshacer" }).click();
    await waiting.click();
    await bruno.getByRole("button", { name: "Opciones del mensaje programado" }).click();
    await bruno.getByRole("menuitem", { name: "Enviar ahora" }).click();
    await bubble(diego, "Feliz cumple").waitFor();
    await waiting.waitFor({ state: "detached" });
  });
});
