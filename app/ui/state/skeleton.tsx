import { useTranslation } from "~/i18n/translation";

const bar = "rounded-sm bg-hover";

/** Rows of a list that is on its way, in the shape of an inbox row: picture, name, a line, a time. */
export function SkeletonRows({ count = 6 }: { count?: number }) {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t("ui.loading")} className="animate-pulse">
      {Array.from({ length: count }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are alike and never move.
        <div key={i} className="flex items-start gap-3 px-4 py-3">
          <span className="size-8 shrink-0 rounded-full bg-hover" />
          <span className="grid flex-1 gap-2 pt-0.5">
            <span className="flex justify-between gap-6">
              <span className={`h-3.5 ${i % 2 ? "w-28" : "w-36"} ${bar}`} />
              <span className={`h-3.5 w-9 ${bar}`} />
            </span>
            <span className={`h-3 ${i % 3 ? "w-4/5" : "w-3/5"} ${bar}`} />
          </span>
        </div>
      ))}
    </div>
  );
}
