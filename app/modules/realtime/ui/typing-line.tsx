import { useCallback, useEffect, useState } from "react";
import { useTranslation } from "~/i18n/translation";

/** A notice stands this long; whoever goes on writing renews it. */
const STANDS_MS = 5_000;

/** Whether somebody of the organisation is writing now; the message itself, which makes `lastSeq` grow, ends it. */
export function useTypist(): { typing: boolean; hear: (event: string) => void; sent: () => void } {
  const [heardAt, setHeardAt] = useState(0);
  useEffect(() => {
    if (heardAt === 0) return;
    const timer = setTimeout(() => setHeardAt(0), STANDS_MS);
    return () => clearTimeout(timer);
  }, [heardAt]);
  const hear = useCallback((event: string) => {
    if (event === "typing") setHeardAt(Date.now());
  }, []);
  const sent = useCallback(() => setHeardAt(0), []);
  return { typing: heardAt > 0, hear, sent };
}

export function TypingLine({ shown }: { shown: boolean }) {
  const { t } = useTranslation();
  return (
    <p role="status" className="min-h-6 px-4 text-ink-soft text-sm">
      {shown && t("conversation.typing")}
    </p>
  );
}
