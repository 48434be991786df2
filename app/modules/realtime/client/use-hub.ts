import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import { createHubClient, type HubClient, type HubHandlers, type HubStatus } from "./hub-client";

const nothing = () => () => {};
const unopened = (): HubStatus => "connecting";

/**
 * The tab's socket for as long as the component stands; use it once, at the top. Null before the browser has it and
 * while `url` is null. The handlers may change at every render.
 */
export function useHub(url: string | null, handlers: HubHandlers): { client: HubClient | null; status: HubStatus } {
  const latest = useRef(handlers);
  latest.current = handlers;
  const [client, setClient] = useState<HubClient | null>(null);
  useEffect(() => {
    if (url === null) return;
    const opened = createHubClient(url, {
      onEvent: (event) => latest.current.onEvent(event),
      onGap: (id, after) => latest.current.onGap(id, after),
      onResync: (topic) => latest.current.onResync(topic),
      onRefused: (topic, code) => latest.current.onRefused?.(topic, code),
      onPoll: () => latest.current.onPoll?.(),
      onEnded: (code) => latest.current.onEnded?.(code),
    });
    setClient(opened);
    return () => {
      setClient(null);
      opened.stop();
    };
  }, [url]);
  const status = useSyncExternalStore(client?.onStatus ?? nothing, client?.status ?? unopened, unopened);
  return { client, status };
}
