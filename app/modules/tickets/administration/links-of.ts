import type { ChannelKind } from "~/modules/channels";

/** An address by which customers write, and what it is called: an area's or a channel's name, "" for the whole chat. */
export type ChatLink = { id: string; kind: ChannelKind; name: string; url: string };

type Known = {
  publicUrl: string;
  handle: string;
  areas: readonly { id: string; name: string }[];
  channels: readonly {
    id: string;
    kind: ChannelKind;
    name: string;
    account: string | null;
    disabled_at: string | null;
  }[];
};

/**
 * Every link that an organisation can hand out: of its public chat, of each area in it, and of the channels whose account
 * makes an address. A telephone number and an Instagram name are not part of what Meta's accounts tell.
 */
export function linksOf({ publicUrl, handle, areas, channels }: Known): ChatLink[] {
  const chat = `${publicUrl}/c/${handle}`;
  const ofAreas = areas.length > 1 ? areas : [];
  const pages = channels.filter(({ kind, account, disabled_at }) => kind === "messenger" && account && !disabled_at);
  return [
    { id: "chat", kind: "web", name: "", url: chat },
    ...ofAreas.map(
      ({ id, name }): ChatLink => ({ id, kind: "web", name, url: `${chat}?area=${encodeURIComponent(name)}` }),
    ),
    ...pages.map(
      ({ id, kind, name, account }): ChatLink => ({
        id,
        kind,
        name,
        url: `https://m.me/${encodeURIComponent(account ?? "")}`,
      }),
    ),
  ];
}
