import { describe, expect, it } from "vitest";
import type { OutboundContent, OutboundMessage } from "../outbound-message";
import { addressesOf } from "./people";
import { requestBody, targetOf } from "./request-body";

const body = (content: OutboundContent, over: Partial<OutboundMessage> = {}) =>
  requestBody(
    { id: "m-1", to: [], content, author: "human", visibility: "public", attempt: 0, ...over },
    { to: "+5491155550101" },
  );

describe("targetOf", () => {
  it("prefers WhatsApp's own id, with the plus that Meta needs", () => {
    expect(targetOf(addressesOf({ waId: "5491155550101", userId: "AR.1" }))).toEqual({ to: "+5491155550101" });
  });

  it("dials a telephone that nobody has written from in the form that mobiles have", () => {
    expect(targetOf([{ kind: "phone", key: "+541155550101", raw: "011 15 5555-0101" }])).toEqual({
      to: "+5491155550101",
    });
    expect(targetOf([{ kind: "phone", key: "+525512345678", raw: "" }])).toEqual({ to: "+525512345678" });
  });

  it("reaches by BSUID whoever has shown no telephone", () => {
    expect(targetOf(addressesOf({ userId: "AR.123", parentUserId: "AR.ENT.9", username: "ana" }))).toEqual({
      recipient: "AR.123",
    });
    expect(targetOf(addressesOf({ waId: "bla", userId: "AR.123" }))).toEqual({ recipient: "AR.123" });
  });

  it("reaches nobody by user name, nonsense or a parent's id", () => {
    expect(targetOf([])).toBeNull();
    expect(targetOf(addressesOf({ waId: "bla", username: "ana", parentUserId: "AR.ENT.9" }))).toBeNull();
  });
});

describe("requestBody", () => {
  it("writes a text with our mark, and a quote where there is one", () => {
    expect(body({ type: "text", text: "Hola" }, { replyToExternalId: "wamid.Q" })).toEqual({
      messaging_product: "whatsapp",
      recipient_type: "individual",
      to: "+5491155550101",
      type: "text",
      text: { body: "Hola", preview_url: true },
      context: { message_id: "wamid.Q" },
      biz_opaque_callback_data: "m-1",
    });
    expect(body({ type: "text", text: "Hola" })).not.toHaveProperty("context");
  });

  it("writes buttons and lists", () => {
    expect(
      body({ type: "buttons", text: "¿Seguimos?", footer: "GuazuApp", buttons: [{ id: "si", title: "Sí" }] })
        .interactive,
    ).toEqual({
      type: "button",
      body: { text: "¿Seguimos?" },
      footer: { text: "GuazuApp" },
      action: { buttons: [{ type: "reply", reply: { id: "si", title: "Sí" } }] },
    });
    const sections = [
      {
        title: "Temas",
        rows: [
          { id: "a", title: "A", description: "De 9 a 18" },
          { id: "b", title: "B" },
        ],
      },
    ];
    expect(body({ type: "list", text: "Elegí", button: "Ver", sections }).interactive).toEqual({
      type: "list",
      body: { text: "Elegí" },
      action: { button: "Ver", sections },
    });
  });
});
