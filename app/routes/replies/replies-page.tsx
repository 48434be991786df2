import { MessageSquareText, Pencil, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "~/i18n/translation";
import type { CannedReply } from "~/modules/desk";
import { useTell } from "~/modules/desk/ui/use-tell";
import { Button } from "~/ui/button";
import { IconButton } from "~/ui/icon-button";
import { PageHeader } from "~/ui/page-header";
import { EmptyState } from "~/ui/state/empty-state";
import { useReload } from "~/ui/state/use-reload";
import { ReplyDialog } from "./reply-dialog";

export type ReplyChoices = {
  orgId: string;
  /** Whether they may write for everybody. */
  admin: boolean;
  /** Those for which they may write. */
  areas: readonly { id: string; name: string }[];
  agent: string;
  organisation: string;
};

type RepliesPageProps = ReplyChoices & { title: string; replies: readonly CannedReply[] };

/** The canned replies by whose they are, and what makes and changes them. */
export function RepliesPage({ title, replies, ...choices }: RepliesPageProps) {
  const { t } = useTranslation();
  const [editing, setEditing] = useState<CannedReply | "new" | null>(null);
  const reload = useReload();
  const remove = useRemove(choices.orgId, reload);
  const create = (
    <Button
      variant="primary"
      size="sm"
      icon={<Plus aria-hidden className="size-4" />}
      onClick={() => setEditing("new")}
    >
      {t("replies.create")}
    </Button>
  );
  return (
    <>
      <PageHeader title={title} back={{ to: "/inbox" }} actions={replies.length > 0 && create} />
      <div className="min-h-0 flex-1 overflow-y-auto px-4 pb-8">
        <div className="mx-auto max-w-3xl">
          {replies.length === 0 ? (
            <EmptyState
              icon={<MessageSquareText />}
              title={t("replies.empty")}
              text={t("replies.lead")}
              action={create}
            />
          ) : (
            <p className="text-pretty pt-4 text-ink-soft">{t("replies.lead")}</p>
          )}
          {groupsOf(replies, t("replies.mine"), t("replies.organisation")).map(({ id, name, list }) => (
            <section key={id} aria-labelledby={`replies-${id}`} className="pt-6">
              <h2 id={`replies-${id}`} className="pb-1 font-semibold text-ink-soft text-sm">
                <bdi>{name}</bdi>
              </h2>
              <ul>
                {list.map((reply) => (
                  <ReplyRow
                    key={reply.id}
                    reply={reply}
                    onEdit={() => setEditing(reply)}
                    onDelete={() => remove(reply)}
                  />
                ))}
              </ul>
            </section>
          ))}
        </div>
      </div>
      <ReplyDialog editing={editing} onClose={() => setEditing(null)} onSaved={reload} {...choices} />
    </>
  );
}

/** As they are listed: one's own, each area's, everybody's. */
function groupsOf(replies: readonly CannedReply[], mine: string, everybody: string) {
  const groups = new Map<string, { id: string; name: string; list: CannedReply[] }>();
  for (const reply of replies) {
    const id = reply.area?.id ?? reply.scope;
    const name = reply.area?.name ?? (reply.scope === "member" ? mine : everybody);
    const group = groups.get(id) ?? { id, name, list: [] };
    group.list.push(reply);
    groups.set(id, group);
  }
  return [...groups.values()];
}

type ReplyRowProps = { reply: CannedReply; onEdit: () => void; onDelete: () => void };

function ReplyRow({ reply, onEdit, onDelete }: ReplyRowProps) {
  const { t } = useTranslation();
  return (
    <li className="flex items-start gap-2 border-line border-b py-2.5 last:border-b-0">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <code className="text-accent-text text-sm">/{reply.shortcut}</code>
          <bdi className="wrap-anywhere font-medium">{reply.title}</bdi>
          {reply.used > 0 && <span className="text-ink-soft text-sm">{t("replies.used", { count: reply.used })}</span>}
        </p>
        <p dir="auto" className="wrap-anywhere line-clamp-2 whitespace-pre-line text-ink-soft">
          {reply.text}
        </p>
      </div>
      {reply.mayEdit && (
        <span className="flex shrink-0">
          <IconButton
            label={t("replies.editOf", { title: reply.title })}
            icon={<Pencil aria-hidden />}
            onClick={onEdit}
          />
          <IconButton
            label={t("replies.deleteOf", { title: reply.title })}
            icon={<Trash2 aria-hidden />}
            onClick={onDelete}
          />
        </span>
      )}
    </li>
  );
}

/** Deletes at once, and offers to take it back. */
function useRemove(orgId: string, onChanged: () => void) {
  const { t } = useTranslation();
  const { say, offer } = useTell("/inbox/replies", orgId, onChanged);
  return async ({ id, scope, area, shortcut, title, text }: CannedReply) => {
    if (!(await say({ intent: "delete", reply: id }))) return;
    const again = { intent: "create", scope, areaId: area?.id ?? null, shortcut, title, text };
    offer(t("replies.deleted", { title }), again);
  };
}
