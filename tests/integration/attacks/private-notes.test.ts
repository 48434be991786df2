import { afterAll, beforeAll, expect, it } from "vitest";
import { guestCookie } from "~/modules/contacts/index.server";
import { changeText, openSideThread, pin, react, updateTicket } from "~/modules/tickets/index.server";
import { listen } from "~/platform/events";
import { newId } from "~/platform/ids";
import { type HubHarness, startHub } from "../../../app/modules/realtime/testing/hub-harness.server";
import { loadChat } from "../../../app/routes/c.$handle/load-chat.server";
import { hubDoors } from "../../../app/runtime/hub-doors.server";
import { call } from "../../support/accounts/route-calls";
import { addressOf, callApi, OPERATIONS } from "../../support/api-calls";
import { type FullWorld, makeFullWorld } from "../../support/full-world";
import { API_CALLS } from "../../support/route-map";
import { makeCustomer, memberWrites, ticketOf, withProduct } from "../../support/world";

withProduct();

let world: FullWorld;
let hub: HubHarness;
let forget = () => {};
beforeAll(async () => {
  world = await makeFullWorld();
  hub = await startHub({ doors: () => hubDoors });
  forget = listen(hub.hub.deliver);
});
afterAll(async () => {
  forget();
  await hub.stop();
});

it("what colleagues write to each other of a ticket is nowhere where its customer looks (TA15)", async () => {
  const secret = `secreto-${newId().slice(-12)}`;
  const rosa = await makeCustomer(world, "Rosa");
  await rosa.writes("hola");
  await rosa.writes("Ventas");
  const { id } = await ticketOf(world, rosa.conversationId);
  const listener = await hub.open(rosa.token);
  await listener.join(rosa.conversationId);

  const note = await memberWrites(world.admin, rosa.conversationId, `${secret} a @Bruno`, { visibility: "staff" });
  await changeText(world.admin, note.id, `${secret} corregida`);
  await react(world.admin, note.id, "👍", true);
  await pin(world.admin, note.id, true);
  // A public answer to a note would show it: it is refused, or quotes nothing.
  const quoting = await memberWrites(world.admin, rosa.conversationId, "a la vista", { replyTo: note.id }).catch(
    () => null,
  );
  await memberWrites(world.admin, rosa.conversationId, `${secret} otra`, { visibility: "staff", replyTo: note.id });
  const side = await openSideThread(world.admin, id, [world.memberId(world.agent)]);
  await memberWrites(world.admin, side, `${secret} entre nosotros`);
  await updateTicket(world.admin, id, { note: `${secret} al cerrar`, state: "closed", reason: `${secret} motivo` });
  await memberWrites(world.admin, rosa.conversationId, "listo");
  await listener.wait((frame) => JSON.stringify(frame).includes("listo"));
  await listener.settled();

  const shown: Record<string, string> = { hub: JSON.stringify(listener.frames), quoting: JSON.stringify(quoting) };
  const guests = OPERATIONS.filter(
    ({ name, method }) => method === "GET" && API_CALLS[name.replace(/\{(\w+)\}/g, ":$1")] === "guest",
  );
  for (const operation of guests) {
    for (const query of ["", `?q=${secret}`, "?after=0", "?limit=100"]) {
      const path = addressOf(operation, world, rosa.conversationId);
      shown[`${operation.name} ${query}`] = (await callApi("GET", path + query, rosa.token)).text;
    }
  }
  const { request } = call(guestCookie([rosa.token]).split(";", 1)[0] ?? null, `/c/${world.handle}`);
  const page = await loadChat(request, world.handle);
  expect(page.thread?.messages.at(-1)?.text).toBe("listo");
  shown.page = JSON.stringify(page);
  for (const [where, text] of Object.entries(shown)) expect(text, where).not.toContain(secret);
  // What is looked for is what a colleague sees.
  const path = `/conversations/${rosa.conversationId}/messages?limit=100`;
  expect((await callApi("GET", path, world.token.secret)).text).toContain(secret);
});
