import { CircleQuestionMark } from "lucide-react";
import { lazy, Suspense, useCallback, useState } from "react";
import { useTranslation } from "~/i18n/translation";
import type { Message } from "~/modules/messaging";
import { Button } from "~/ui/button";

const WhyDialog = lazy(() =>
  import("~/modules/bots/ui/trace/why-dialog").then((loaded) => ({ default: loaded.WhyDialog })),
);

type Asked = { message: Message | null };

/** The question why a bot said something: of one message, or of all that bots did in a ticket. */
export function useWhy(orgId: string, ticket: { id: string; number: number }) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<Asked | null>(null);
  const ask = useCallback((message: Message) => setAsked({ message }), []);
  const dialog = asked && (
    <Suspense>
      <WhyDialog orgId={orgId} ticket={ticket} message={asked.message} onClose={() => setAsked(null)} />
    </Suspense>
  );
  const button = (
    <div>
      <Button
        size="sm"
        icon={<CircleQuestionMark aria-hidden className="size-4" />}
        onClick={() => setAsked({ message: null })}
      >
        {t("bots.trace.all")}
      </Button>
    </div>
  );
  return { ask, button, dialog };
}
