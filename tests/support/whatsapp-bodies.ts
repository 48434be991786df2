type Fields = Record<string, unknown>;

export const NUMBER = "900100200300";
export const CONTACT = { wa_id: "5491155550101", profile: { name: "Ana Gómez" } };

/** An item of `messages[]`: a text of CONTACT's, changed as given. */
export const textMessage = (over: Fields = {}) => ({
  id: "wamid.A1",
  from: "5491155550101",
  timestamp: "1770000000",
  type: "text",
  text: { body: "Hola" },
  ...over,
});

/** An item of `changes[]` for NUMBER. */
export const whatsAppChange = (value: Fields, field = "messages") => ({
  field,
  value: {
    messaging_product: "whatsapp",
    metadata: { phone_number_id: NUMBER, display_phone_number: "+54 11 5555-0000" },
    ...value,
  },
});

/** A webhook's whole body. */
export const whatsAppBody = (...changes: unknown[]) => ({
  object: "whatsapp_business_account",
  entry: [{ id: "waba-1", changes }],
});
