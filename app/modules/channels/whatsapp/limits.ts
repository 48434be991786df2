import type { ChannelLimits } from "../channel-limits";

/** WhatsApp Cloud API, "Send messages": text, interactive reply buttons, interactive list. */
export const WHATSAPP_LIMITS: ChannelLimits = {
  text: { max: 4096, unit: "characters" },
  caption: 1024,
  buttons: { max: 3, title: 20, id: 256, body: 1024, footer: 60, picture: true },
  list: {
    sections: 10,
    rows: 10,
    rowId: 200,
    rowTitle: 24,
    rowDescription: 72,
    sectionTitle: 24,
    button: 20,
    body: 4096,
    footer: 60,
  },
  cards: null,
};
