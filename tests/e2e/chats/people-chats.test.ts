import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withBrowser } from "../../support/browser";
import { type Product, startProduct } from "../../support/product";
import { agentComes, bubble, chatRow, says, seesInOrder } from "../people";

describe("people write to one another", () => {
  const stage = withBrowser();
  let product: Product;
  beforeAll(async () => {
    product = await startProduct();
  });
  afterAll(() => product?.dispose());

  const comes = async (email: string, next = "/chats", expected: RegExp[] = []) =>
    (await agentComes(stage, product.url, email, { next, expected })).page;

  it("a stranger asks, is answered, and both see what is said and read; the list follows", async () => {
    const [diego, bruno] = [await comes("cliente@demo.test"), await comes("agente@demo.test")];
    await diego.getByLabel("Usuario o correo").fill("agente@demo.test");
    await diego.getByRole("button", { name: "Abrir chat" }).click();
    await diego.getByRole("heading", { name: "Bruno Acosta" }).waitFor();
    await diego.getByText("Bruno Acosta todavía no aceptó tu solicitud.").waitFor();
    await says(diego, "Hola Bruno, soy Diego del club");

    await chatRow(bruno, /Diego Sosa.*Solicitud/).click();
    await bruno.getByText("Diego Sosa quiere escribirte").waitFor();
    await bubble(bruno, "Hola Bruno, soy Diego del club").waitFor();
    expect(await diego.getByTitle("Leído").count()).toBe(0);
    await bruno.getByRole("button", { name: "Aceptar" }).click();
    await bruno.getByText("Diego Sosa quiere escribirte").waitFor({ state: "detached" });
    await says(bruno, "¡Hola! ¿Qué tal?");
    await bubble(diego, "¡Hola! ¿Qué tal?").waitFor();
    await diego.getByTitle("Leído").first().waitFor();
    await seesInOrder(bruno, ["Hola Bruno, soy Diego del club", "¡Hola! ¿Qué tal?"]);
  });

  it("a group is made, told, written to, and left; who was put out hears no more", async () => {
    const [admin, bruno] = [
      await comes("admin@demo.test", "/chats/new"),
      await comes("agente@demo.test", "/chats", [/404/]),
    ];
    await admin.getByLabel("Nombre del grupo").fill("Depósito");
    await admin.getByLabel("Bruno Acosta").check();
    await admin.getByRole("button", { name: "Crear grupo" }).click();
    await admin
      .getByText(/creó el grupo/)
      .first()
      .waitFor();
    await chatRow(bruno, /Depósito/).click();
    await says(admin, "¿Llegó el camión?");
    await bubble(bruno, "¿Llegó el camión?").waitFor();
    await says(bruno, "Recién");
    await bubble(admin, "Recién").waitFor();

    await admin.getByRole("link", { name: "2 participantes" }).click();
    await admin.getByRole("button", { name: "Bruno Acosta" }).click();
    await admin.getByRole("menuitem", { name: "Quitar a Bruno Acosta" }).click();
    await admin.getByText("1 participante").waitFor();
    await admin.getByRole("button", { name: "Salir del grupo" }).click();
    await admin.getByRole("button", { name: "Salir", exact: true }).click();
    await admin.waitForURL(/\/chats$/);
    await bruno.reload();
    expect(await chatRow(bruno, /Depósito/).count()).toBe(0);
  });

  it("who is blocked cannot write, and learns no more than that", async () => {
    const [diego, bruno] = [await comes("cliente@demo.test"), await comes("agente@demo.test")];
    await chatRow(bruno, /Diego Sosa/).click();
    await bruno.getByRole("button", { name: "Opciones del chat" }).click();
    await bruno.getByRole("menuitem", { name: "Bloquear" }).click();
    await bruno.getByText(/Bloqueaste a Diego Sosa/).waitFor();
    await chatRow(diego, /Bruno Acosta/).click();
    await says(diego, "¿Seguís ahí?");
    await diego.getByText("No se puede escribir en este chat.").waitFor();
  });
});
