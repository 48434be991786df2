import type { ChannelLimits } from "../channel-limits";

/**
 * Messenger Send API: texts under 2,000 characters, 13 quick replies of 20 with 1,000 of payload, generic template of 10
 * cards with 3 buttons. Quick replies have no footer.
 */
export const MESSENGER_LIMITS: ChannelLimits = {
  text: { max: 1999, unit: "characters" },
  caption: 0,
  buttons: { max: 13, title: 20, id: 1000, body: 1999, footer: 0, picture: false },
  list: null,
  cards: { max: 10, title: 80, subtitle: 80, buttons: 3, buttonTitle: 20 },
};
