/** Where a shortcut works. */
export type ShortcutPlace = "everywhere" | "inbox" | "bots" | "tabs";

export type Shortcut = {
  place: ShortcutPlace;
  /** What is pressed together. */
  keys: readonly string[];
  /** The key of its words. */
  words: string;
};

/** Every key that does something, in the order in which people read of them. */
export const SHORTCUTS: readonly Shortcut[] = [
  { place: "everywhere", keys: ["Ctrl", "K"], words: "palette.shortcuts.palette" },
  { place: "everywhere", keys: ["?"], words: "inbox.shortcuts.help" },
  { place: "inbox", keys: ["j", "↓"], words: "inbox.shortcuts.next" },
  { place: "inbox", keys: ["k", "↑"], words: "inbox.shortcuts.previous" },
  { place: "inbox", keys: ["Enter"], words: "inbox.shortcuts.open" },
  { place: "inbox", keys: ["x"], words: "inbox.shortcuts.mark" },
  { place: "inbox", keys: ["r"], words: "inbox.shortcuts.reply" },
  { place: "inbox", keys: ["/"], words: "palette.shortcuts.canned" },
  { place: "inbox", keys: ["@"], words: "palette.shortcuts.mention" },
  { place: "inbox", keys: ["Esc"], words: "inbox.shortcuts.list" },
  { place: "bots", keys: ["← → ↑ ↓"], words: "bots.shortcuts.walk" },
  { place: "bots", keys: ["Enter"], words: "bots.shortcuts.open" },
  { place: "bots", keys: ["c"], words: "bots.shortcuts.connect" },
  { place: "bots", keys: ["Ctrl", "C / X / V"], words: "bots.shortcuts.clipboard" },
  { place: "bots", keys: ["Ctrl", "D"], words: "bots.shortcuts.duplicate" },
  { place: "bots", keys: ["Ctrl", "A"], words: "bots.shortcuts.all" },
  { place: "bots", keys: ["Del"], words: "bots.shortcuts.remove" },
  { place: "bots", keys: ["Ctrl", "Z / Y"], words: "bots.shortcuts.undo" },
  { place: "bots", keys: ["Ctrl", "F"], words: "bots.shortcuts.find" },
  { place: "tabs", keys: ["Alt", "1…9"], words: "tabs.shortcuts.go" },
  { place: "tabs", keys: ["Alt", "W"], words: "tabs.shortcuts.close" },
  { place: "tabs", keys: ["Alt", "⇧", "← →"], words: "tabs.shortcuts.move" },
  { place: "tabs", keys: ["Del"], words: "tabs.shortcuts.closeFocused" },
];

export const SHORTCUT_PLACES = ["everywhere", "inbox", "bots", "tabs"] as const satisfies readonly ShortcutPlace[];
