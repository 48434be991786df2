import { useNavigate } from "@remix-run/react";
import { Settings2 } from "lucide-react";
import { useCallback, useMemo, useRef, useState } from "react";
import { useTranslation } from "~/i18n/translation";
import { askServer } from "~/platform/ask-server";
import type { Proposal, Source } from "~/ui/conversation/mentions/proposal-picker";
import { useToasts } from "~/ui/overlay/toasts";
import type { CannedReply } from "../replies/canned-reply";
import { fillVariables, type VariableValues } from "../replies/fill-variables";
import { findReplies, replyQueryAt } from "../replies/find-replies";

const ADDRESS = "/inbox/replies";
const MANAGE = "manage";

/**
 * The canned replies, as a composer proposes them after a `/` at the beginning of a line. They are fetched once, when the
 * first is written.
 */
export function useCannedReplies(orgId: string, values: VariableValues): Source {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { fetched, fetchOnce } = useFetched(orgId);
  const latest = useRef({ values, navigate });
  latest.current = { values, navigate };
  return useMemo(() => {
    const manage: Proposal = { id: MANAGE, words: null, face: <ManageFace /> };
    return {
      label: t("replies.picker.label"),
      count: (count) => t("replies.picker.found", { count }),
      at: (text, caret) => {
        const written = replyQueryAt(text, caret);
        if (!written) return null;
        if (!fetched) {
          fetchOnce();
          return null;
        }
        const { replies, agent, organisation } = fetched;
        const all = { ...latest.current.values, "agent.name": agent, "organisation.name": organisation };
        const found = findReplies(replies, written.query).map((reply) => ({
          id: reply.id,
          words: fillVariables(reply.text, all),
          face: <ReplyFace reply={reply} />,
        }));
        // What only looks like a shortcut is sent as it is.
        const asks = found.length > 0 || written.query === "";
        return { from: written.from, found: asks ? [...found, manage] : [] };
      },
      onPick: (id) => {
        if (id === MANAGE) latest.current.navigate("/replies");
        // How often it is used matters less than the answer, which is there already.
        else void askServer(ADDRESS, { intent: "use", org: orgId, reply: id }).catch(() => undefined);
      },
    };
  }, [fetched, fetchOnce, orgId, t]);
}

type Fetched = { replies: readonly CannedReply[]; agent: string; organisation: string };

function useFetched(orgId: string) {
  const { t } = useTranslation();
  const toasts = useToasts();
  const tell = useRef(() => {});
  tell.current = () => toasts.show({ tone: "problem", text: t("replies.picker.unreached") });
  const [fetched, setFetched] = useState<Fetched | null>(null);
  const asked = useRef(false);
  const fetchOnce = useCallback(() => {
    if (asked.current) return;
    asked.current = true;
    // Who works in another organisation meanwhile does not answer with its words.
    askServer<Fetched>(`${ADDRESS}?org=${orgId}`).then(setFetched, () => {
      asked.current = false;
      tell.current();
    });
  }, [orgId]);
  return { fetched, fetchOnce };
}

function ReplyFace({ reply }: { reply: CannedReply }) {
  return (
    <span className="min-w-0 flex-1">
      <span className="flex items-baseline gap-2">
        <code className="shrink-0 text-accent-text text-sm">/{reply.shortcut}</code>
        <bdi className="truncate">{reply.title}</bdi>
        {reply.area && <bdi className="ml-auto shrink-0 text-ink-soft text-xs">{reply.area.name}</bdi>}
      </span>
      <span dir="auto" className="block truncate text-ink-soft text-sm">
        {reply.text}
      </span>
    </span>
  );
}

function ManageFace() {
  const { t } = useTranslation();
  return (
    <>
      <Settings2 aria-hidden className="size-4 shrink-0 text-ink-soft" />
      <span className="text-ink-soft">{t("replies.picker.manage")}</span>
    </>
  );
}
