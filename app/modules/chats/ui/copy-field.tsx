import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "~/i18n/translation";
import { Button } from "~/ui/button";
import { TextField } from "~/ui/forms/text-field";

type CopyFieldProps = { label: string; value: string; hint?: string };

/** A text to take along: to copy by a button, or where that is not allowed by hand. */
export function CopyField({ label, value, hint }: CopyFieldProps) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value);
      setCopied(true);
    } catch {
      setCopied(false);
    }
  };
  return (
    <TextField
      label={label}
      hint={hint}
      value={value}
      readOnly
      onFocus={(event) => event.currentTarget.select()}
      end={
        <Button
          icon={copied ? <Check aria-hidden className="size-4" /> : <Copy aria-hidden className="size-4" />}
          onClick={copy}
        >
          <span aria-live="polite">{t(copied ? "groups.links.copied" : "groups.links.copy")}</span>
        </Button>
      }
    />
  );
}
