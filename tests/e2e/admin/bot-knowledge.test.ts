import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withBrowser } from "../../support/browser";
import { type Product, startProduct } from "../../support/product";
import { agentComes } from "../people";
import { violations } from "../violations";

const stage = withBrowser();
let product: Product;

beforeAll(async () => {
  product = await startProduct();
});
afterAll(() => product?.dispose());

/** What is refused is a line in the browser's console too. */
const comes = async (next: string) =>
  (await agentComes(stage, product.url, "admin@demo.test", { next, expected: [/status of 4(09|22)/] })).page;

const adds = async (page: Page, questions: string, answer: string) => {
  await page.getByLabel("Cómo lo preguntan").last().fill(questions);
  await page.getByLabel("Respuesta", { exact: true }).last().fill(answer);
  await page.getByRole("button", { name: "Agregar respuesta" }).click();
};

describe("an admin who teaches the bots", () => {
  it("adds answers, sees what a bot would do with a question, and takes back a deletion", async () => {
    const page = await comes("/admin/answers");
    await adds(page, "", "Sí");
    await page.getByText("Escribí de 1 a 20 formas de preguntarlo").waitFor();
    await adds(page, "¿Hacen envíos?\n¿Mandan al interior?", "Sí, a todo el país.");
    await page.getByText("y 1 forma más").waitFor();
    await page.getByLabel("Pregunta", { exact: true }).fill("buenas, hacen envios a Luque?");
    await page.getByRole("button", { name: "Probar", exact: true }).click();
    const found = page.getByRole("list", { name: "Respuestas parecidas" }).getByRole("listitem");
    await found.getByText("Contesta").waitFor();
    expect(await found.count()).toBe(1);
    await page.getByText("Editar", { exact: true }).click();
    await page.getByRole("button", { name: "Borrar" }).click();
    await page.getByRole("status").getByText("Respuesta «¿Hacen envíos?» borrada.").waitFor();
    await page.getByText("Todavía no hay respuestas").waitFor();
    await page.getByRole("button", { name: "Deshacer" }).click();
    await page.getByText("y 1 forma más").waitFor();

    const lines = "language,questions,answer\nes,¿Abren los domingos?,No\nfr,¿Ouvrez?,Non\n";
    const file = { name: "respuestas.csv", mimeType: "text/csv", buffer: Buffer.from(lines) };
    await page.getByLabel("Archivo CSV").setInputFiles(file);
    await page.getByRole("button", { name: "Probar sin guardar" }).click();
    await page.getByText("De 2 renglones: 1 nuevas, 0 cambiarían, 1 con error. No se guardó nada.").waitFor();
    await page.getByText("Renglón 3: language El idioma es es, pt o en.").waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole("button", { name: "Importar" }).click();
    await page.getByText("De 2 renglones: 1 nuevas, 0 cambiadas, 1 con error.").waitFor();
    await page.getByRole("listitem").filter({ hasText: "¿Abren los domingos?" }).waitFor();
    const loading = page.waitForEvent("download");
    await page.getByRole("button", { name: "Bajar todas como CSV" }).click();
    expect((await loading).suggestedFilename()).toBe("answers.csv");
  });

  it("keeps a key for some servers, and never sees it again", async () => {
    const page = await comes("/admin/secrets");
    await page.getByLabel("Nombre").fill("tienda");
    await page.getByLabel("Valor").last().fill("canary-123");
    await page.getByLabel("Servidores").last().fill("api.tienda.com");
    await page.getByRole("button", { name: "Guardar clave" }).click();
    await page.getByText("Solo a api.tienda.com").waitFor();
    expect(await page.content()).not.toContain("canary-123");
    await page.getByText("Cambiar", { exact: true }).click();
    await page.getByLabel("Servidores").first().fill("otra.com");
    await page.getByRole("button", { name: "Guardar", exact: true }).click();
    await page.getByText("Para agregar un servidor escribí el valor de nuevo.").waitFor();
  });

  it("switches a language model on, and sees why it does not answer", async () => {
    const page = await comes("/admin/ai");
    await page.getByLabel("Los bots pueden preguntarle").check();
    expect(await page.getByRole("heading", { name: "Probarlo" }).count()).toBe(0);
    await page.getByRole("textbox", { name: "Dirección" }).fill("https://model.invalid/v1");
    await page.getByRole("textbox", { name: "Modelo" }).fill("chico");
    await page.getByRole("button", { name: "Guardar" }).click();
    await page.getByRole("heading", { name: "Probarlo" }).waitFor();
    await page.getByLabel("Pregunta", { exact: true }).fill("¿hacen envíos?");
    await page.getByRole("button", { name: "Preguntar" }).click();
    await page.getByText("No se pudo obtener una respuesta").waitFor();
    await page.getByText("Este mes: 1 pregunta, 0 de gasto.").waitFor();
  });
});
