import { useTranslation } from "~/i18n/translation";

/** A reason as people read it: the product's own codes have words, what a person wrote stays as it is. */
export function useReasonText(): (reason: string) => string {
  const { t, i18n } = useTranslation();
  return (reason) => {
    if (!/^[a-z_]+$/.test(reason)) return reason;
    const known = [`ticket.reasons.${reason}`, `ticket.close.reasons.${reason}`].find((key) => i18n.exists(key));
    return known ? t(known) : reason;
  };
}
