import { Link } from "@remix-run/react";
import { ArrowDown, ArrowUp, Bookmark, Ellipsis, Pencil, Trash2, Users } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "~/i18n/translation";
import { LONGEST_VIEW_NAME } from "~/modules/desk";
import type { CountedView } from "~/modules/desk/index.server";
import { useTell } from "~/modules/desk/ui/use-tell";
import { Button } from "~/ui/button";
import { TextField } from "~/ui/forms/text-field";
import { IconButton } from "~/ui/icon-button";
import { Dialog } from "~/ui/overlay/dialog";
import { Menu, MenuItem } from "~/ui/overlay/menu";
import { viewLinkClass } from "../view-tabs";

type SavedViewsProps = {
  orgId: string;
  views: readonly CountedView[];
  /** The inbox's address as it is. */
  search: string;
  admin: boolean;
  onChanged: () => void;
};

const MOST_SHOWN = 999;

/** The filters that somebody kept, each with how many tickets it holds. */
export function SavedViews({ orgId, views, search, admin, onChanged }: SavedViewsProps) {
  const { t } = useTranslation();
  const { say, offer, tell } = useTell("/inbox/views", orgId, onChanged);
  const [renaming, setRenaming] = useState<CountedView | null>(null);
  if (views.length === 0) return null;
  const remove = async (view: CountedView) => {
    const { id, ...kept } = view;
    if (!(await say({ intent: "delete", view: id }))) return;
    const { name, filter, shared, position } = kept;
    offer(t("inbox.saved.deleted", { name }), { intent: "create", name, filter, shared, position });
  };
  const act = (view: CountedView, deed: string) => {
    if (deed === "rename") setRenaming(view);
    else if (deed === "delete") void remove(view);
    else {
      const beside = views.filter(({ shared }) => shared === view.shared);
      const position = Math.max(0, beside.indexOf(view) + (deed === "up" ? -1 : 1));
      void say({ intent: "update", view: view.id, position });
    }
  };
  return (
    <nav aria-label={t("inbox.saved.title")} className="max-h-40 overflow-y-auto px-3 pb-2">
      <ul className="grid gap-0.5">
        {views.map((view) => (
          <li key={view.id} className="flex items-center gap-1">
            <Link
              to={`/inbox${view.filter}`}
              aria-current={view.filter === search ? "page" : undefined}
              className={`${viewLinkClass} flex-1`}
            >
              <span className="flex min-w-0 items-center gap-1.5 [&_svg]:size-3.5 [&_svg]:shrink-0">
                {view.shared ? <Users aria-hidden /> : <Bookmark aria-hidden />}
                <bdi className="truncate">{view.name}</bdi>
              </span>
              <span className="tabular-nums" data-saved-count={view.name}>
                {view.count > MOST_SHOWN ? `${MOST_SHOWN}+` : `${view.count}${view.more ? "+" : ""}`}
              </span>
            </Link>
            {(admin || !view.shared) && (
              <Menu
                trigger={
                  <IconButton label={t("inbox.saved.actions", { name: view.name })} icon={<Ellipsis aria-hidden />} />
                }
                onAction={(deed) => act(view, deed)}
              >
                <MenuItem id="rename" icon={<Pencil aria-hidden />}>
                  {t("inbox.saved.rename")}
                </MenuItem>
                <MenuItem id="up" icon={<ArrowUp aria-hidden />}>
                  {t("inbox.saved.up")}
                </MenuItem>
                <MenuItem id="down" icon={<ArrowDown aria-hidden />}>
                  {t("inbox.saved.down")}
                </MenuItem>
                <MenuItem id="delete" danger icon={<Trash2 aria-hidden />}>
                  {t("inbox.saved.delete")}
                </MenuItem>
              </Menu>
            )}
          </li>
        ))}
      </ul>
      <RenameDialog
        view={renaming}
        onClose={() => setRenaming(null)}
        onName={(id, name) => tell({ intent: "update", view: id, name })}
      />
    </nav>
  );
}

type RenameDialogProps = {
  view: CountedView | null;
  onClose: () => void;
  /** Resolves with the code of a refusal; null when it was done. */
  onName: (id: string, name: string) => Promise<string | null>;
};

function RenameDialog({ view, onClose, onName }: RenameDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog title={t("inbox.saved.rename")} size="sm" open={view !== null} onOpenChange={(open) => !open && onClose()}>
      {(close) => view && <RenameForm name={view.name} onName={(name) => onName(view.id, name)} close={close} />}
    </Dialog>
  );
}

type RenameFormProps = { name: string; onName: (name: string) => Promise<string | null>; close: () => void };

/** What is refused is said here, where the name stands still. */
function RenameForm({ name, onName, close }: RenameFormProps) {
  const { t } = useTranslation();
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setBusy(true);
    const code = await onName(String(new FormData(event.currentTarget).get("name")));
    setBusy(false);
    if (code) setProblem(t([`errors.${code}`, "errors.unexpected"]));
    else close();
  };
  return (
    <form onSubmit={submit} className="grid gap-3">
      <TextField
        name="name"
        label={t("inbox.saved.name")}
        defaultValue={name}
        required
        maxLength={LONGEST_VIEW_NAME}
        error={problem}
        autoFocus
      />
      <div className="flex justify-end gap-2">
        <Button onClick={close}>{t("ui.cancel")}</Button>
        <Button type="submit" variant="primary" busy={busy}>
          {t("ui.save")}
        </Button>
      </div>
    </form>
  );
}
