import { useEffect, useState } from "react";
import { useTranslation } from "~/i18n/translation";
import { askServer, codeOfRefusal } from "~/platform/ask-server";
import { Avatar } from "~/ui/avatar";
import { Dialog } from "~/ui/overlay/dialog";
import { Spinner } from "~/ui/state/spinner";
import { When } from "~/ui/time";

type Person = { id: string; name: string };
export type ReadersView = { read: readonly (Person & { at: string })[]; unread: readonly Person[] };

type ReadersDialogProps = {
  /** Of which message; null while the dialog is closed. */
  messageId: string | null;
  onClose: () => void;
};

/** Who has read a message, and who has not. */
export function ReadersDialog({ messageId, onClose }: ReadersDialogProps) {
  const { t } = useTranslation();
  const [readers, setReaders] = useState<ReadersView | null>(null);
  const [code, setCode] = useState<string | null>(null);
  useEffect(() => {
    setReaders(null);
    setCode(null);
    if (messageId === null) return;
    let wanted = true;
    askServer<ReadersView>(`/messages/${messageId}/readers`).then(
      (answer) => wanted && setReaders(answer),
      (error: unknown) => wanted && setCode(codeOfRefusal(error)),
    );
    return () => {
      wanted = false;
    };
  }, [messageId]);
  return (
    <Dialog
      title={t("marks.readers.title")}
      size="sm"
      open={messageId !== null}
      onOpenChange={(open) => !open && onClose()}
    >
      {code && <p role="alert">{t([`errors.${code}`, "errors.unexpected"])}</p>}
      {!code && !readers && <Spinner />}
      {readers && <ReaderLists readers={readers} />}
    </Dialog>
  );
}

export function ReaderLists({ readers: { read, unread } }: { readers: ReadersView }) {
  const { t } = useTranslation();
  return (
    <div className="grid gap-4">
      <People title={t("marks.readers.read", { count: read.length })} people={read} />
      {unread.length > 0 && <People title={t("marks.readers.unread", { count: unread.length })} people={unread} />}
    </div>
  );
}

function People({ title, people }: { title: string; people: readonly (Person & { at?: string })[] }) {
  return (
    <section>
      <h3 className="font-medium text-ink-soft text-sm">{title}</h3>
      <ul>
        {people.map(({ id, name, at }) => (
          <li key={id} className="flex min-h-11 items-center gap-3">
            <Avatar id={id} name={name} />
            <bdi className="min-w-0 flex-1 truncate">{name}</bdi>
            {at && <When at={at} className="text-ink-soft text-sm" />}
          </li>
        ))}
      </ul>
    </section>
  );
}
