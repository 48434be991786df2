import { useTranslation } from "~/i18n/translation";
import { useDateReader } from "../../time";

const AROUND = 2 * Math.PI * 10;

/** How far something is, from 0 to 1; unknown, it turns. */
export function ProgressRing({ share }: { share?: number }) {
  const { t } = useTranslation();
  const { locale } = useDateReader();
  const known = share !== undefined;
  const percent = new Intl.NumberFormat(locale, { style: "percent" }).format(share ?? 0);
  return (
    <span
      role="progressbar"
      aria-label={known ? t("media.state.uploading", { percent }) : t("conversation.attachment.pending")}
      aria-valuenow={known ? Math.round(share * 100) : undefined}
      aria-valuemin={0}
      aria-valuemax={100}
      className="inline-block size-6"
    >
      <svg aria-hidden viewBox="0 0 24 24" className={`size-6 -rotate-90 ${known ? "" : "animate-spin"}`}>
        <circle cx="12" cy="12" r="10" fill="none" stroke="currentColor" strokeWidth="2.5" opacity="0.25" />
        <circle
          cx="12"
          cy="12"
          r="10"
          fill="none"
          stroke="currentColor"
          strokeWidth="2.5"
          strokeLinecap="round"
          strokeDasharray={`${AROUND * Math.max(0.04, share ?? 0.3)} ${AROUND}`}
        />
      </svg>
    </span>
  );
}
