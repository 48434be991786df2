import { useTranslation } from "~/i18n/translation";

/** Why the last thing that was tried did not work. */
export function ErrorLine({ code }: { code: string }) {
  const { t } = useTranslation();
  return (
    <p role="alert" className="border-danger border-t bg-danger-soft px-4 py-2 text-danger-text text-sm">
      {t([`errors.${code}`, "errors.unexpected"])}
    </p>
  );
}
