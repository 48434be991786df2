import type { ChannelLimits } from "../channel-limits";

/** Instagram messaging: texts of 1,000 bytes, 13 quick replies of 20, generic template as in Messenger. */
export const INSTAGRAM_LIMITS: ChannelLimits = {
  text: { max: 1000, unit: "bytes" },
  caption: 0,
  buttons: { max: 13, title: 20, id: 1000, body: 1000, footer: 0, picture: false },
  list: null,
  cards: { max: 10, title: 80, subtitle: 80, buttons: 3, buttonTitle: 20 },
};
