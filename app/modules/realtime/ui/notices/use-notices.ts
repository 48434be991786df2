import { useLocation } from "@remix-run/react";
import { useEffect, useRef } from "react";
import { isQuietAt, type NoticeChoice } from "~/modules/accounts";
import type { Unread } from "~/modules/tickets/index.server";
import { leadTab } from "./lead-tab";
import { ring } from "./ring";
import { isSilent } from "./sound-setting";
import { hasGrown, NOTHING_UNREAD, sumOf, titleWith } from "./unread";
import { useUnread } from "./use-unread";

const PLAIN_ICON = "/favicon.svg";
const DOTTED_ICON = "/favicon-unread.svg";

type Working = { orgId: string; memberId: string; timeZone: string; notices: NoticeChoice };

/**
 * Says what there is to read where it is seen from other tabs and windows: in the title, by a dot on the tab's picture, on
 * the installed app's, and by a sound, which only one of the browser's tabs makes.
 */
export function useNotices(working: Working | null): Unread {
  const unread = useUnread(working);
  const count = unread ? sumOf(unread) : 0;
  const { key } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page has another title.
  useEffect(() => {
    document.title = titleWith(document.title, count);
    const titles = new MutationObserver(() => {
      const wanted = titleWith(document.title, count);
      if (document.title !== wanted) document.title = wanted;
    });
    const title = document.querySelector("title");
    if (title) titles.observe(title, { childList: true, characterData: true, subtree: true });
    return () => titles.disconnect();
  }, [count, key]);
  useEffect(() => {
    showBadge(count);
    // Who is not signed in has nothing to read.
    return () => showBadge(0);
  }, [count]);
  useSound(unread, working);
  return unread ?? NOTHING_UNREAD;
}

/** On the browser's tab, and on the installed app. */
function showBadge(count: number): void {
  const icon = document.querySelector('link[rel="icon"][type="image/svg+xml"]');
  icon?.setAttribute("href", count > 0 ? DOTTED_ICON : PLAIN_ICON);
  if ("setAppBadge" in navigator) navigator.setAppBadge(count).catch(() => undefined);
}

function useSound(unread: Unread | null, working: Working | null): void {
  const lead = useRef<ReturnType<typeof leadTab>>();
  useEffect(() => {
    lead.current = leadTab("guazu-notices");
    return () => lead.current?.end();
  }, []);
  const before = useRef<Unread | null>(null);
  useEffect(() => {
    const quiet = isSilent() || (working && isQuietAt(working.notices, new Date(), working.timeZone));
    if (unread && hasGrown(before.current, unread) && lead.current?.leads() && !quiet) void ring();
    before.current = unread;
  }, [unread, working]);
}
