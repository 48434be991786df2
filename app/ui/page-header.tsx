import { Link } from "@remix-run/react";
import { ArrowLeft } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "~/i18n/translation";

type PageHeaderProps = {
  title: ReactNode;
  subtitle?: ReactNode;
  /** What stands before the title: a picture, an icon. */
  start?: ReactNode;
  /** Buttons at the end. */
  actions?: ReactNode;
  /** Where "back" leads; `phone` shows it only where one panel is seen at a time. */
  back?: { to: string; when?: "always" | "phone" };
};

/** The line on top of a panel. */
export function PageHeader({ title, subtitle, start, actions, back }: PageHeaderProps) {
  const { t } = useTranslation();
  return (
    <header className="flex min-h-14 shrink-0 items-center gap-2.5 border-line border-b bg-surface px-4 py-2">
      {back && (
        <Link
          to={back.to}
          aria-label={t("ui.back")}
          className={`touch-target -ml-2 inline-flex size-9 items-center justify-center rounded-sm text-ink-soft hover:bg-hover hover:text-ink ${back.when === "always" ? "" : "md:hidden"}`}
        >
          <ArrowLeft aria-hidden className="size-5" />
        </Link>
      )}
      {start}
      <div className="min-w-0 flex-1">
        <h1 className="truncate font-semibold text-md">{title}</h1>
        {subtitle && <p className="truncate text-ink-soft text-sm">{subtitle}</p>}
      </div>
      {actions && <div className="flex shrink-0 items-center gap-1">{actions}</div>}
    </header>
  );
}
