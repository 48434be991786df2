import { useCallback, useEffect, useState, useSyncExternalStore } from "react";
import type { UploadItem } from "~/modules/files/ui/uploading/upload-items";
import type { UploadQueue } from "~/modules/files/ui/uploading/upload-queue";

/** What is under way, by its field: it goes on while another step is looked at. */
const underWay = new Map<string, UploadQueue>();

async function open(flowId: string): Promise<UploadQueue> {
  const [{ Upload }, { UploadQueue: Queue }] = await Promise.all([
    import("tus-js-client"),
    import("~/modules/files/ui/uploading/upload-queue"),
  ]);
  return new Queue({ flow: flowId }, Upload, []);
}

/**
 * Brings a file for a field of a bot, one at a time.
 * @param field names the field among all of the browser's
 * @param take hears of the file once it is whole, also after the field is no longer in sight
 */
export function useFieldUpload(flowId: string, field: string, take: (item: UploadItem) => void) {
  const [queue, setQueue] = useState<UploadQueue | null>(null);
  useEffect(() => setQueue(underWay.get(field) ?? null), [field]);
  const items = useSyncExternalStore(queue?.subscribe ?? never, queue?.items ?? nothing, nothing);
  const stop = useCallback(() => {
    const running = underWay.get(field);
    underWay.delete(field);
    for (const { key } of running?.items() ?? []) running?.cancel(key);
    running?.close();
    setQueue(null);
  }, [field]);
  const begin = async (file: File) => {
    stop();
    const begun = await open(flowId);
    begun.subscribe(() => {
      const whole = begun.items().find(({ state }) => state === "ready");
      if (!whole || underWay.get(field) !== begun) return;
      underWay.delete(field);
      setQueue(null);
      begun.close();
      take(whole);
    });
    underWay.set(field, begun);
    setQueue(begun);
    await begun.add([file]);
  };
  return { item: items[0] ?? null, begin, stop, queue };
}

const NOTHING: readonly UploadItem[] = [];
const never = () => () => {};
const nothing = () => NOTHING;
