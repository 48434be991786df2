import { type ChannelLimits, UNLIMITED } from "../channel-limits";

/** Our own screens show whatever was written: the web chat and the internal channel alike. */
export const OWN_SCREEN_LIMITS: ChannelLimits = {
  text: { max: UNLIMITED, unit: "characters" },
  caption: UNLIMITED,
  buttons: { max: UNLIMITED, title: UNLIMITED, id: UNLIMITED, body: UNLIMITED, footer: UNLIMITED, picture: true },
  list: {
    sections: UNLIMITED,
    rows: UNLIMITED,
    rowId: UNLIMITED,
    rowTitle: UNLIMITED,
    rowDescription: UNLIMITED,
    sectionTitle: UNLIMITED,
    button: UNLIMITED,
    body: UNLIMITED,
    footer: UNLIMITED,
  },
  cards: { max: UNLIMITED, title: UNLIMITED, subtitle: UNLIMITED, buttons: UNLIMITED, buttonTitle: UNLIMITED },
};
