import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withBrowser } from "../support/browser";
import { type Product, startProduct } from "../support/product";
import { action, agentComes, bubble, choice, comesAlive, composer, customerComes, HUMAN, row, says } from "./people";

/** Of Ventas, where the ticket is, and of Soporte. */
const BRUNO = "agente@demo.test";
const CARLA = "agente2@demo.test";
const ANA = "admin@demo.test";
const PHONE = { viewport: { width: 390, height: 844 } };

describe("two agents of two areas at one ticket", () => {
  const stage = withBrowser();
  let product: Product;
  beforeAll(async () => {
    product = await startProduct();
  });
  afterAll(() => product?.dispose());

  it("one is called by a note, reads it on the phone, is asked aside, and gets it without its history", async () => {
    const customer = (await customerComes(stage, product.url)).page;
    await says(customer, "¿tienen la bomba azul?");
    await choice(customer, HUMAN).click();
    await bubble(customer, /te paso con una persona/).waitFor();
    // What is asked beside a ticket in the moment in which it leaves his sight is not found any more.
    const expected = [/status of 404 .*\/threads\)/];
    const bruno = (await agentComes(stage, product.url, BRUNO, { next: "/inbox?view=queue", expected })).page;
    await row(bruno, "Visitante").first().click();
    await bubble(bruno, "¿tienen la bomba azul?").waitFor();
    await action(bruno, "Tomar").click();
    await bruno.getByText(/Tomaste el ticket #\d+/).waitFor();
    const carla = (await agentComes(stage, product.url, CARLA, PHONE)).page;

    // He calls her by the list that opens after the @.
    await bruno.getByRole("switch", { name: "Nota interna" }).click();
    await composer(bruno).fill("");
    await composer(bruno).pressSequentially("@Car");
    await bruno.getByRole("option", { name: /Carla Duarte/ }).click();
    await composer(bruno).pressSequentially("¿la repararías?");
    await composer(bruno).press("Enter");
    await bubble(bruno, /repararías/).waitFor();

    // Her phone says so; she reads the ticket and may leave a note, but not answer.
    await carla.getByText("Bruno Acosta te mencionó en una nota").first().waitFor();
    await carla.getByRole("link", { name: /Avisos/ }).click();
    await carla.getByRole("link", { name: /te mencionó en una nota/ }).click();
    await bubble(carla, "¿tienen la bomba azul?").waitFor();
    await carla.getByText("Lo atiende otra persona. Podés dejar una nota interna.").waitFor();
    expect(await action(carla, "Tomar").count()).toBe(0);
    await carla.goto(`${product.url}/notices`);
    await comesAlive(carla);
    const mention = carla.getByRole("link", { name: /te mencionó en una nota/ });
    await mention.waitFor();
    await expect.poll(() => mention.getByText(/sin leer/).count(), { timeout: 20_000 }).toBe(0);

    // He asks her aside: a chat that the customer never hears of.
    await bruno.getByRole("button", { name: "Consultar a un colega" }).click();
    await bruno.getByRole("checkbox", { name: "Carla Duarte" }).check();
    await bruno.getByRole("button", { name: "Abrir el chat" }).click();
    const beside = bruno.getByRole("complementary", { name: "Consultas internas" });
    await composer(beside).fill("entre nosotros: es cara");
    await composer(beside).press("Enter");
    await beside.getByText("entre nosotros: es cara").waitFor();
    await beside.getByRole("button", { name: "Volver al ticket" }).click();

    // He hands it on without what was said: she reads his summary and what comes from then on.
    await action(bruno, "Transferir").click();
    await bruno.getByRole("option", { name: "Cola de Soporte" }).click();
    await bruno.getByLabel(/Nota para quien sigue/).fill("Quiere reparar una bomba.");
    // What was typed stays when the choice changes.
    await bruno.getByRole("radio", { name: /Empezar desde un resumen/ }).check();
    expect(await bruno.getByLabel("Resumen para quien sigue").inputValue()).toBe("Quiere reparar una bomba.");
    await bruno.getByRole("dialog").getByRole("button", { name: "Transferir" }).click();
    await bruno.getByText(/Transferiste el ticket #\d+/).waitFor();
    await carla.goto(`${product.url}/inbox?view=queue`);
    await row(carla, "Visitante").first().click();
    await bubble(carla, "Quiere reparar una bomba.").waitFor();
    expect(await bubble(carla, "¿tienen la bomba azul?").count()).toBe(0);
    const shown = await customer.content();
    for (const secret of ["repararías", "entre nosotros", "Quiere reparar"]) expect(shown).not.toContain(secret);
  });

  it("(TA14) one has it open while it is moved out of sight: the page says so, and its socket hears no more", async () => {
    const customer = (await customerComes(stage, product.url)).page;
    await says(customer, "¿hacen envíos a Luque?");
    await choice(customer, HUMAN).click();
    const bruno = (await agentComes(stage, product.url, BRUNO, { next: "/inbox?view=queue" })).page;
    const frames: string[] = [];
    bruno.on("websocket", (socket) => socket.on("framereceived", ({ payload }) => frames.push(String(payload))));
    await bruno.reload();
    await comesAlive(bruno);
    await row(bruno, "Visitante").first().click();
    await bubble(bruno, "¿hacen envíos a Luque?").waitFor();
    await says(customer, "sigo acá");
    await bubble(bruno, "sigo acá").waitFor();
    expect(frames.join()).toContain("sigo acá");
    const ana = (await agentComes(stage, product.url, ANA)).page;
    await ana.goto(bruno.url());
    await comesAlive(ana);
    await action(ana, "Transferir").click();
    await ana.getByRole("option", { name: "Cola de Soporte" }).click();
    await ana.getByRole("dialog").getByRole("button", { name: "Transferir" }).click();
    await ana.getByText(/Transferiste el ticket #\d+/).waitFor();
    await bruno.getByText("Ya no ves este ticket").first().waitFor();
    expect(await bubble(bruno, "sigo acá").count()).toBe(0);
    await says(customer, "palabras que no son para Ventas");
    await bubble(ana, "palabras que no son para Ventas").waitFor();
    // Long after everybody else heard it.
    await says(customer, "nada más");
    await bubble(ana, "nada más").waitFor();
    expect(frames.join()).not.toContain("palabras que no son para Ventas");
  });
});
