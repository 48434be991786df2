import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withBrowser } from "../../support/browser";
import { type Product, startProduct } from "../../support/product";
import {
  action,
  agentComes,
  bubble,
  chatRow,
  choice,
  comesAlive,
  HUMAN,
  head,
  row,
  sameDocument,
  says,
  seesInOrder,
} from "../people";

describe("an account writes to an organisation inside the app", () => {
  const stage = withBrowser();
  let product: Product;
  beforeAll(async () => {
    product = await startProduct();
  });
  afterAll(() => product?.dispose());

  it("finds it by its name, writes, and becomes a ticket that an agent answers", async () => {
    const diego = (await agentComes(stage, product.url, "cliente@demo.test", { next: "/chats" })).page;
    await diego.getByLabel("Usuario o correo").fill("@demo");
    await diego.getByRole("button", { name: "Abrir chat" }).click();
    await diego.waitForURL(/\/chats\/[0-9a-f-]{36}$/);
    await says(diego, "Hola, soy Diego");
    await choice(diego, HUMAN).click();
    await bubble(diego, /te paso con una persona/).waitFor();

    const agent = (await agentComes(stage, product.url, "agente@demo.test", { next: "/inbox?view=queue" })).page;
    await row(agent, "Diego Sosa").click();
    await action(agent, "Tomar").click();
    await head(agent).getByText("Bruno Acosta").waitFor();
    await says(agent, "Hola Diego, te leo");
    await bubble(diego, "Hola Diego, te leo").waitFor();
    await says(diego, "Quiero pintura");
    await seesInOrder(agent, ["Hola, soy Diego", HUMAN, "Hola Diego, te leo", "Quiero pintura"]);
  });

  it("has the answer in the list of another window at once, on top and counted, until it is read anywhere; never a note", async () => {
    const visitor = await agentComes(stage, product.url, "cliente@demo.test", { next: "/chats" });
    const [diego, list] = [visitor.page, await visitor.context.newPage()];
    await list.goto(`${product.url}/chats`);
    await comesAlive(list);
    const same = await sameDocument(list);
    const entry = chatRow(list, /Ferretería El Mensú/);
    await entry.getByText("Quiero pintura").waitFor();
    const agent = (await agentComes(stage, product.url, "agente@demo.test", { next: "/inbox?view=mine" })).page;
    await row(agent, "Diego Sosa").click();
    await says(agent, "Tenemos de tres colores");
    await entry.getByText("Tenemos de tres colores").waitFor();
    await expect.poll(() => list.title()).toBe("(1) Chats · GuazuApp");
    const counted = () => entry.textContent();
    expect(await counted()).toContain("1 sin leer");
    await agent.getByRole("switch", { name: "Nota interna" }).click();
    await says(agent, "canario: paga tarde");
    await says(agent, "canario: dos");
    await chatRow(diego, /Ferretería El Mensú/).click();
    await bubble(diego, "Tenemos de tres colores").waitFor();
    await expect.poll(counted).not.toContain("sin leer");
    expect(await list.content()).not.toContain("canario");
    expect(await same()).toBe(true);
  });

  it("says so when nobody has that name, and opens the same chat a second time", async () => {
    const diego = (await agentComes(stage, product.url, "cliente@demo.test", { next: "/chats" })).page;
    const open = async (handle: string) => {
      await diego.getByLabel("Usuario o correo").fill(handle);
      await diego.getByRole("button", { name: "Abrir chat" }).click();
    };
    await open("nadie-asi");
    await diego.getByText("No encontramos a nadie con ese usuario o correo.").waitFor();
    await open("demo");
    await diego.waitForURL(/\/chats\/[0-9a-f-]{36}$/);
    await bubble(diego, "Hola, soy Diego").waitFor();
    expect(await chatRow(diego, /Ferretería El Mensú/).count()).toBe(1);
  });

  it("keeps who belongs to no organisation out of the inbox, and shows the way to one", async () => {
    const diego = (await agentComes(stage, product.url, "cliente@demo.test", { next: "/chats", expected: [/403/] }))
      .page;
    const answer = await diego.goto(`${product.url}/inbox`);
    expect(answer?.status()).toBe(403);
    await diego.getByRole("heading", { name: "Todavía no tenés organización" }).waitFor();
    await comesAlive(diego);
    await diego.getByRole("link", { name: "Crear una organización" }).click();
    await diego.waitForURL(/\/organisations\/new$/);
  });
});
