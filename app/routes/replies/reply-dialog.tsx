import { type FormEvent, useRef, useState } from "react";
import { useTranslation } from "~/i18n/translation";
import {
  type CannedReply,
  firstNameOf,
  LONGEST_REPLY,
  LONGEST_REPLY_TITLE,
  LONGEST_SHORTCUT,
  splitVariables,
  type VariableValues,
} from "~/modules/desk";
import { VariableButtons } from "~/modules/desk/ui/variable-buttons";
import { askServer, codeOfRefusal } from "~/platform/ask-server";
import { Button } from "~/ui/button";
import { Select } from "~/ui/forms/select";
import { TextArea } from "~/ui/forms/text-area";
import { TextField } from "~/ui/forms/text-field";
import { Dialog } from "~/ui/overlay/dialog";
import type { ReplyChoices } from "./replies-page";

type ReplyDialogProps = ReplyChoices & {
  editing: CannedReply | "new" | null;
  onClose: () => void;
  onSaved: () => void;
};

/** Makes a canned reply or changes one, and shows how it will read. */
export function ReplyDialog({ editing, onClose, ...rest }: ReplyDialogProps) {
  const { t } = useTranslation();
  const isNew = editing === "new";
  return (
    <Dialog
      title={t(isNew ? "replies.create" : "replies.edit")}
      open={editing !== null}
      onOpenChange={(open) => !open && onClose()}
    >
      {(close) => <ReplyForm reply={isNew ? null : editing} onClose={close} {...rest} />}
    </Dialog>
  );
}

type ReplyFormProps = Omit<ReplyDialogProps, "editing"> & { reply: CannedReply | null };

function ReplyForm({ reply, onClose, onSaved, ...choices }: ReplyFormProps) {
  const { t } = useTranslation();
  const [text, setText] = useState(reply?.text ?? "");
  const [areaId, setAreaId] = useState(reply?.area?.id ?? null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const words = { shortcut: String(form.get("shortcut")), title: String(form.get("title")), text };
    const place = String(form.get("place"));
    const scope = place === "member" || place === "organisation" ? place : "area";
    setBusy(true);
    try {
      await askServer(
        "/inbox/replies",
        reply
          ? { intent: "update", org: choices.orgId, reply: reply.id, ...words }
          : { intent: "create", org: choices.orgId, scope, areaId, ...words },
      );
      onSaved();
      onClose();
    } catch (error) {
      setProblem(codeOfRefusal(error));
      setBusy(false);
    }
  };
  const insert = (name: string) => {
    const field = box.current?.querySelector("textarea");
    if (!field) return;
    field.setRangeText(`{{${name}}}`, field.selectionStart, field.selectionEnd, "end");
    setText(field.value);
    field.focus();
  };
  const areaName = choices.areas.find(({ id }) => id === areaId)?.name ?? t("replies.sampleArea");
  const sample = t("replies.sampleContact");
  const values: VariableValues = {
    "contact.name": sample,
    "contact.first_name": firstNameOf(sample),
    "agent.name": choices.agent,
    "ticket.number": "128",
    "organisation.name": choices.organisation,
    "area.name": areaName,
  };
  return (
    <form onSubmit={submit} className="grid gap-4">
      {!reply && <PlaceField choices={choices} onArea={setAreaId} />}
      <TextField
        name="shortcut"
        label={t("replies.shortcut")}
        hint={t("replies.shortcutHint")}
        defaultValue={reply?.shortcut}
        maxLength={LONGEST_SHORTCUT}
        pattern="/?[a-z0-9\-]+"
        autoCapitalize="none"
        autoComplete="off"
        spellCheck={false}
      />
      <TextField name="title" label={t("replies.name")} defaultValue={reply?.title} maxLength={LONGEST_REPLY_TITLE} />
      <div ref={box} className="grid gap-2">
        <TextArea
          label={t("replies.text")}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          maxLength={LONGEST_REPLY}
        />
        <VariableButtons onPick={insert} />
      </div>
      <Preview text={text} values={values} />
      {problem && (
        <p role="alert" className="text-danger-text">
          {t([`errors.${problem}`, "errors.unexpected"])}
        </p>
      )}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{t("ui.cancel")}</Button>
        <Button type="submit" variant="primary" busy={busy}>
          {t("ui.save")}
        </Button>
      </div>
    </form>
  );
}

/** For whom it will be: known once it is made. */
function PlaceField({ choices, onArea }: { choices: ReplyChoices; onArea: (id: string | null) => void }) {
  const { t } = useTranslation();
  const { admin, areas } = choices;
  if (!admin && areas.length === 0) return <input type="hidden" name="place" value="member" />;
  return (
    <Select
      name="place"
      label={t("replies.place")}
      onChange={({ currentTarget: { value } }) => onArea(areas.some(({ id }) => id === value) ? value : null)}
    >
      <option value="member">{t("replies.mine")}</option>
      {areas.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
      {admin && <option value="organisation">{t("replies.organisation")}</option>}
    </Select>
  );
}

/** How it will read; what nobody gives a value is marked. */
function Preview({ text, values }: { text: string; values: VariableValues }) {
  const { t } = useTranslation();
  const parts = splitVariables(text, values);
  let at = 0;
  return (
    <section aria-label={t("replies.preview")} className="border-line border-t pt-3">
      <p className="text-ink-soft text-sm">{t("replies.preview")}</p>
      <p dir="auto" className="wrap-anywhere max-h-40 min-h-6 overflow-y-auto whitespace-pre-wrap">
        {parts.map((part) => {
          const key = `${at++} ${part.kind}`;
          if (part.kind === "text") return part.text;
          if (part.kind === "filled")
            return (
              <bdi key={key} className="font-medium text-accent-text">
                {part.text}
              </bdi>
            );
          return (
            <mark key={key} className="rounded-sm bg-danger-soft px-0.5 text-danger-text">
              {part.text}
            </mark>
          );
        })}
      </p>
      {parts.some(({ kind }) => kind === "unknown") && (
        <p role="status" className="pt-1 text-danger-text text-sm">
          {t("replies.unknown")}
        </p>
      )}
    </section>
  );
}
