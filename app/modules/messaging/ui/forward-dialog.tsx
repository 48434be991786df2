import { type FormEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "~/i18n/translation";
import { askServer, codeOfRefusal } from "~/platform/ask-server";
import { newId } from "~/platform/ids";
import { Avatar } from "~/ui/avatar";
import { Button } from "~/ui/button";
import { Checkbox } from "~/ui/forms/checkbox";
import { TextField } from "~/ui/forms/text-field";
import { Dialog } from "~/ui/overlay/dialog";
import { Spinner } from "~/ui/state/spinner";
import { chatsNamed, type ForwardChat } from "./chats-named";

const MOST = 10;

type ForwardDialogProps = {
  /** Which message; null while the dialog is closed. */
  messageId: string | null;
  onClose: () => void;
  /** It has gone to so many chats. */
  onSent?: (count: number) => void;
};

type Result = { conversation: string; code: string | null };

/** Passes a message on to chats that are ticked; those that refuse stay, with why. */
export function ForwardDialog({ messageId, onClose, onSent }: ForwardDialogProps) {
  const { t } = useTranslation();
  const targets = useTargets(messageId);
  return (
    <Dialog title={t("marks.forward.title")} open={messageId !== null} onOpenChange={(open) => !open && onClose()}>
      {targets.code && <p role="alert">{t([`errors.${targets.code}`, "errors.unexpected"])}</p>}
      {messageId !== null && !targets.chats && !targets.code && <Spinner />}
      {messageId !== null && targets.chats && (
        <ForwardForm
          key={messageId}
          messageId={messageId}
          chats={targets.chats}
          onSent={(count) => {
            onSent?.(count);
            onClose();
          }}
        />
      )}
    </Dialog>
  );
}

/** Where a message can go to, the last spoken in first; asked for each time, since one may be added meanwhile. */
function useTargets(messageId: string | null) {
  const [told, setTold] = useState<{ of: string; chats: readonly ForwardChat[] | null; code: string | null }>();
  useEffect(() => {
    if (!messageId) return;
    let over = false;
    const tell = (chats: readonly ForwardChat[] | null, code: string | null) =>
      over || setTold({ of: messageId, chats, code });
    askServer<{ targets: ForwardChat[] }>(`/messages/${messageId}/forward`).then(
      ({ targets }) => tell(targets, null),
      (error) => tell(null, codeOfRefusal(error)),
    );
    return () => {
      over = true;
    };
  }, [messageId]);
  return told && told.of === messageId ? told : { chats: null, code: null };
}

type ForwardFormProps = { messageId: string; chats: readonly ForwardChat[]; onSent: (count: number) => void };

export function ForwardForm({ messageId, chats, onSent }: ForwardFormProps) {
  const { t } = useTranslation();
  const [word, setWord] = useState("");
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const forward = useForward(messageId, setChosen, onSent);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void forward.send(chosen);
  };
  const toggle = (id: string) =>
    setChosen(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id].slice(0, MOST));
  return (
    <form onSubmit={submit} className="grid gap-3">
      <TextField
        type="search"
        label={t("marks.forward.search")}
        optional
        autoComplete="off"
        value={word}
        onChange={(event) => setWord(event.target.value)}
      />
      <fieldset className="max-h-[50dvh] overflow-y-auto">
        <legend className="sr-only">{t("marks.forward.chats")}</legend>
        {chatsNamed(chats, word).map((chat) => (
          <ChatChoice
            key={chat.id}
            chat={chat}
            chosen={chosen.includes(chat.id)}
            full={chosen.length >= MOST}
            code={forward.codes.get(chat.id)}
            onToggle={toggle}
          />
        ))}
      </fieldset>
      {forward.code && <p role="alert">{t([`errors.${forward.code}`, "errors.unexpected"])}</p>}
      <div className="flex justify-end">
        <Button type="submit" variant="primary" busy={forward.busy} disabled={chosen.length === 0}>
          {t("marks.forward.send", { count: chosen.length })}
        </Button>
      </div>
    </form>
  );
}

type ChatChoiceProps = {
  chat: ForwardChat;
  chosen: boolean;
  full: boolean;
  code: string | undefined;
  onToggle: (id: string) => void;
};

function ChatChoice({ chat, chosen, full, code, onToggle }: ChatChoiceProps) {
  const { t } = useTranslation();
  return (
    <Checkbox
      checked={chosen}
      disabled={full && !chosen}
      onChange={() => onToggle(chat.id)}
      hint={code && t([`errors.${code}`, "errors.unexpected"])}
      label={
        <span className="flex items-center gap-2">
          <Avatar id={chat.pictureOf} name={chat.title} size="sm" />
          <bdi>{chat.title}</bdi>
        </span>
      }
    />
  );
}

/** Sends; one key for each chat as long as the form stands, so that a second try sends nothing twice. */
function useForward(messageId: string, keep: (chosen: readonly string[]) => void, onSent: (count: number) => void) {
  const keys = useRef(new Map<string, string>());
  const [busy, setBusy] = useState(false);
  const [code, setCode] = useState<string | null>(null);
  const [codes, setCodes] = useState<ReadonlyMap<string, string>>(new Map());
  const keyOf = (id: string) => {
    const key = keys.current.get(id) ?? newId();
    keys.current.set(id, key);
    return key;
  };
  const send = async (to: readonly string[]) => {
    setBusy(true);
    setCode(null);
    try {
      const asked = { conversation_ids: to, client_ids: to.map(keyOf) };
      const { results } = await askServer<{ results: Result[] }>(`/messages/${messageId}/forward`, asked);
      const refused = results.flatMap((one) => (one.code ? [[one.conversation, one.code] as const] : []));
      setCodes(new Map(refused));
      keep(refused.map(([id]) => id));
      if (refused.length === 0) onSent(results.length);
    } catch (error) {
      setCode(codeOfRefusal(error));
    } finally {
      setBusy(false);
    }
  };
  return { send, busy, code, codes };
}
