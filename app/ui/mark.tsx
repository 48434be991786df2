import { useTranslation } from "~/i18n/translation";

/**
 * The mark: a speech bubble with the ears of a guazú deer; eyes and nose are the three dots of somebody typing.
 * Drawn on a 64-unit square; the size comes from the class. Decorative: the product's name stands beside it.
 */
export function Mark({ className = "size-8" }: { className?: string }) {
  return (
    <svg aria-hidden viewBox="0 0 64 64" className={`shrink-0 ${className}`}>
      <g className="fill-accent stroke-accent" strokeWidth="1.6" strokeLinejoin="round">
        <path d="M20.5 19.5C15.5 12.7 8.6 9.6 2 11c2.8 7 8.4 13.2 15.5 15.2z" />
        <path d="M43.5 19.5C48.5 12.7 55.4 9.6 62 11c-2.8 7-8.4 13.2-15.5 15.2z" />
      </g>
      <path
        className="fill-accent"
        d="M32 14.5c11.6 0 19 7 19 17.5C51 43.1 43.6 51 33.5 51c-.9 0-1.8-.1-2.6-.2-2.2 4.3-6.5 8.2-12.2 10.2-1 .3-1.8-.7-1.3-1.6 1.9-3.5 2.7-7 2.5-10.8C15.5 44.5 13 38.7 13 32c0-10.5 7.4-17.5 19-17.5z"
      />
      <path
        className="stroke-on-fill"
        fill="none"
        strokeWidth="2.4"
        strokeLinecap="round"
        d="M8.3 15c3.2 1 5.6 2.7 7.5 5M55.7 15c-3.2 1-5.6 2.7-7.5 5"
      />
      <g className="fill-on-fill">
        <circle cx="24" cy="30" r="3" />
        <circle cx="40" cy="30" r="3" />
        <ellipse cx="32" cy="42" rx="4" ry="2.9" />
      </g>
    </svg>
  );
}

/** The mark and the product's name beside it. */
export function Wordmark({ className = "" }: { className?: string }) {
  const { t } = useTranslation();
  return (
    <span className={`inline-flex items-center gap-2 font-semibold text-lg tracking-tight ${className}`}>
      <Mark className="size-8" />
      {t("ui.product")}
    </span>
  );
}
