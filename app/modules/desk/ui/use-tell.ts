import { useTranslation } from "~/i18n/translation";
import { askServer, codeOfRefusal } from "~/platform/ask-server";
import { useToasts } from "~/ui/overlay/toasts";

/** Tells the server of changes of an organisation's tools at an address, says what went wrong, and offers to take one back. */
export function useTell(path: string, org: string, onChanged: () => void) {
  const { t } = useTranslation();
  const toasts = useToasts();
  /** Answers the code of the refusal; null when it was done. */
  const tell = async (body: object): Promise<string | null> => {
    try {
      await askServer(path, { ...body, org });
    } catch (error) {
      return codeOfRefusal(error);
    }
    onChanged();
    return null;
  };
  const say = async (body: object): Promise<boolean> => {
    const code = await tell(body);
    if (code) toasts.show({ tone: "problem", text: t([`errors.${code}`, "errors.unexpected"]) });
    return code === null;
  };
  const offer = (text: string, undo: object) =>
    toasts.show({
      tone: "done",
      text,
      action: { label: t("ticket.undo"), onAction: () => void say(undo) },
      stay: 10_000,
    });
  return { tell, say, offer };
}
