import { Form, useSubmit } from "@remix-run/react";
import { ImagePlus } from "lucide-react";
import { type ChangeEvent, useRef, useState } from "react";
import { useHydrated } from "remix-utils/use-hydrated";
import { useTranslation } from "~/i18n/translation";
import { pictureAddress } from "~/modules/chats";
import type { ChatDetails } from "~/modules/chats/index.server";
import { uploadPicture } from "~/modules/chats/ui/upload-picture";
import { Avatar } from "~/ui/avatar";
import { Button } from "~/ui/button";
import { TextField } from "~/ui/forms/text-field";

type GroupIdentityProps = { chat: Pick<ChatDetails, "id" | "title" | "pictureId" | "can"> };

/** A group's picture and name, and for its admins the ways to change them. */
export function GroupIdentity({ chat }: GroupIdentityProps) {
  const { t } = useTranslation();
  const { id, title, pictureId, can } = chat;
  return (
    <div className="grid gap-5">
      <div className="flex items-center gap-4">
        <Avatar id={id} name={title} image={pictureAddress(pictureId)} size="xl" />
        {can.rename ? (
          <PictureChoice conversationId={id} has={pictureId !== null} />
        ) : (
          <p className="min-w-0 truncate font-semibold text-md">
            <bdi>{title}</bdi>
          </p>
        )}
      </div>
      {can.rename && (
        <Form method="post" className="max-w-md">
          <input type="hidden" name="intent" value="rename" />
          <TextField
            key={title}
            name="title"
            label={t("chat.groupName")}
            defaultValue={title}
            maxLength={80}
            required
            autoComplete="off"
            end={<Button type="submit">{t("chat.rename")}</Button>}
          />
        </Form>
      )}
    </div>
  );
}

function PictureChoice({ conversationId, has }: { conversationId: string; has: boolean }) {
  const { t } = useTranslation();
  const { state, choose } = usePicture(conversationId);
  const hydrated = useHydrated();
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className="grid gap-2">
      <div className="flex flex-wrap gap-2">
        <input
          ref={input}
          type="file"
          accept="image/*"
          aria-label={t(has ? "groups.picture.change" : "groups.picture.set")}
          className="sr-only"
          tabIndex={-1}
          onChange={choose}
        />
        <Button
          icon={<ImagePlus aria-hidden className="size-4" />}
          busy={state === "busy"}
          disabled={!hydrated}
          onClick={() => input.current?.click()}
        >
          {t(has ? "groups.picture.change" : "groups.picture.set")}
        </Button>
        {has && (
          <Form method="post">
            <Button type="submit" name="intent" value="picture" variant="plain">
              {t("groups.picture.remove")}
            </Button>
          </Form>
        )}
      </div>
      <p role="status" className={state === "failed" ? "text-danger-text text-sm" : "text-ink-soft text-sm"}>
        {state === "busy" && t("groups.picture.busy")}
        {state === "failed" && t("groups.picture.failed")}
      </p>
    </div>
  );
}

/** Sends the picture that was chosen, then gives it to the group. */
function usePicture(conversationId: string) {
  const submit = useSubmit();
  const [state, setState] = useState<"idle" | "busy" | "failed">("idle");
  const choose = async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const file = target.files?.[0];
    // The same one can be chosen again.
    target.value = "";
    if (!file || state === "busy") return;
    setState("busy");
    try {
      const id = await uploadPicture(file, conversationId);
      submit({ intent: "picture", file: id }, { method: "post" });
      setState("idle");
    } catch {
      setState("failed");
    }
  };
  return { state, choose };
}
