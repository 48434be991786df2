import { useEffect, useState } from "react";
import { useTranslation } from "~/i18n/translation";
import { Button } from "~/ui/button";
import { TextField } from "~/ui/forms/text-field";

/** Something to be taken elsewhere: a link, a key. */
export function CopyField({ label, text }: { label: string; text: string }) {
  return (
    <TextField
      label={label}
      value={text}
      readOnly
      onFocus={(event) => event.currentTarget.select()}
      end={<CopyButton text={text} />}
    />
  );
}

/** There only where scripts run and the browser lets a page write the clipboard. */
function CopyButton({ text }: { text: string }) {
  const { t } = useTranslation();
  const [able, setAble] = useState(false);
  const [copied, setCopied] = useState("");
  useEffect(() => setAble(Boolean(navigator.clipboard)), []);
  if (!able) return null;
  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => setCopied(text),
      () => setAble(false),
    );
  };
  return (
    <Button onClick={copy}>
      <span aria-live="polite">{t(copied === text ? "admin.invite.copied" : "admin.invite.copy")}</span>
    </Button>
  );
}
