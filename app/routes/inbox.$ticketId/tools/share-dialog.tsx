import { type FormEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "~/i18n/translation";
import { chatsNamed, type ForwardChat } from "~/modules/messaging/ui/chats-named";
import { askServer, codeOfRefusal } from "~/platform/ask-server";
import { newId } from "~/platform/ids";
import { Avatar } from "~/ui/avatar";
import { Button } from "~/ui/button";
import { Checkbox } from "~/ui/forms/checkbox";
import { TextField } from "~/ui/forms/text-field";
import { Dialog } from "~/ui/overlay/dialog";
import { useToasts } from "~/ui/overlay/toasts";
import { Spinner } from "~/ui/state/spinner";

type ShareDialogProps = { ticketId: string; open: boolean; onOpenChange: (open: boolean) => void };

const MOST = 10;

/** Shows the ticket in chats that are ticked: as a card to who may see it, as "a ticket" to others. */
export function ShareDialog({ ticketId, open, onOpenChange }: ShareDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog title={t("ticket.share.title")} size="sm" open={open} onOpenChange={onOpenChange}>
      {(close) => <ShareForm ticketId={ticketId} close={close} />}
    </Dialog>
  );
}

type Result = { conversation: string; code: string | null };

function ShareForm({ ticketId, close }: { ticketId: string; close: () => void }) {
  const { t } = useTranslation();
  const toasts = useToasts();
  const address = `/inbox/${ticketId}/share`;
  const { chats, code, setCode } = useChats(address);
  const [word, setWord] = useState("");
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [codes, setCodes] = useState<ReadonlyMap<string, string>>(new Map());
  const [busy, setBusy] = useState(false);
  // One key for each chat as long as the form stands, so that a second try shows nothing twice.
  const keys = useRef(new Map<string, string>());
  const keyOf = (id: string) => {
    const key = keys.current.get(id) ?? newId();
    keys.current.set(id, key);
    return key;
  };
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const text = String(new FormData(event.currentTarget).get("words") ?? "");
    setBusy(true);
    setCode(null);
    try {
      const asked = { conversation_ids: chosen, client_ids: chosen.map(keyOf), text };
      const { results } = await askServer<{ results: Result[] }>(address, asked);
      const refused = results.flatMap((one) => (one.code ? [[one.conversation, one.code] as const] : []));
      setCodes(new Map(refused));
      setChosen(refused.map(([id]) => id));
      if (refused.length > 0) return;
      toasts.show({ tone: "done", text: t("ticket.share.done", { count: results.length }) });
      close();
    } catch (error) {
      setCode(codeOfRefusal(error));
    } finally {
      setBusy(false);
    }
  };
  const toggle = (id: string) =>
    setChosen(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id].slice(0, MOST));
  return (
    <form onSubmit={submit} className="grid gap-3">
      <p className="text-ink-soft text-sm">{t("ticket.share.hint")}</p>
      <TextField
        type="search"
        label={t("marks.forward.search")}
        optional
        autoComplete="off"
        value={word}
        onChange={(event) => setWord(event.currentTarget.value)}
      />
      <fieldset className="max-h-[40dvh] overflow-y-auto">
        <legend className="sr-only">{t("marks.forward.chats")}</legend>
        {!chats && !code && <Spinner />}
        {chats?.length === 0 && <p className="text-ink-soft">{t("ticket.share.none")}</p>}
        {chatsNamed(chats ?? [], word).map(({ id, title, pictureOf }) => {
          const refusal = codes.get(id);
          return (
            <Checkbox
              key={id}
              checked={chosen.includes(id)}
              disabled={chosen.length >= MOST && !chosen.includes(id)}
              onChange={() => toggle(id)}
              hint={refusal && t([`errors.${refusal}`, "errors.unexpected"])}
              label={
                <span className="flex items-center gap-2">
                  <Avatar id={pictureOf} name={title} size="sm" />
                  <bdi>{title}</bdi>
                </span>
              }
            />
          );
        })}
      </fieldset>
      <TextField name="words" label={t("ticket.share.words")} optional maxLength={500} autoComplete="off" />
      {code && <p role="alert">{t([`errors.${code}`, "errors.unexpected"])}</p>}
      <div className="flex justify-end gap-2">
        <Button onClick={close}>{t("ui.cancel")}</Button>
        <Button type="submit" variant="primary" busy={busy} disabled={chosen.length === 0}>
          {t("ticket.share.submit")}
        </Button>
      </div>
    </form>
  );
}

/** The chats into which it can go, the last spoken in first. */
function useChats(address: string) {
  const [chats, setChats] = useState<readonly ForwardChat[] | null>(null);
  const [code, setCode] = useState<string | null>(null);
  useEffect(() => {
    let over = false;
    askServer<{ chats: ForwardChat[] }>(address).then(
      (told) => over || setChats(told.chats),
      (error) => over || setCode(codeOfRefusal(error)),
    );
    return () => {
      over = true;
    };
  }, [address]);
  return { chats, code, setCode };
}
