import { CircleAlert, CircleCheck, Info, X } from "lucide-react";
import { createContext, type ReactNode, useCallback, useContext, useMemo, useRef, useState } from "react";
import { useTranslation } from "~/i18n/translation";
import { IconButton } from "../icon-button";

export type ToastTone = "info" | "done" | "problem";

export type Toast = {
  text: ReactNode;
  tone?: ToastTone;
  action?: { label: string; onAction: () => void };
  /** Milliseconds until it leaves by itself; 0 stays. Default 6 s; with an action or a problem it stays. */
  stay?: number;
};

type Toasts = { show: (toast: Toast) => number; dismiss: (id: number) => void };

const Context = createContext<Toasts | null>(null);

/** Shows short messages over the page. @throws Error outside of ToastRegion */
export function useToasts(): Toasts {
  const toasts = useContext(Context);
  if (!toasts) throw new Error("useToasts needs a ToastRegion around it");
  return toasts;
}

const AT_ONCE = 3;
const STAY_MS = 6000;

const icons: Record<ToastTone, ReactNode> = {
  info: <Info aria-hidden className="text-river-text" />,
  done: <CircleCheck aria-hidden className="text-jungle-text" />,
  problem: <CircleAlert aria-hidden className="text-danger-text" />,
};

/** Holds the toasts of all that is inside it: at most three, newest last, read out without taking the focus. */
export function ToastRegion({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const [shown, setShown] = useState<(Toast & { id: number })[]>([]);
  const last = useRef(0);

  const dismiss = useCallback((id: number) => setShown((toasts) => toasts.filter((toast) => toast.id !== id)), []);
  const show = useCallback(
    (toast: Toast) => {
      const id = ++last.current;
      setShown((toasts) => [...toasts, { ...toast, id }].slice(-AT_ONCE));
      const stay = toast.stay ?? (toast.action || toast.tone === "problem" ? 0 : STAY_MS);
      if (stay > 0) setTimeout(() => dismiss(id), stay);
      return id;
    },
    [dismiss],
  );
  const toasts = useMemo(() => ({ show, dismiss }), [show, dismiss]);

  return (
    <Context.Provider value={toasts}>
      {children}
      <section
        aria-label={t("ui.notifications")}
        aria-live="polite"
        // An open dialog hides everything else from those who listen; this must still be heard.
        data-react-aria-top-layer="true"
        className="pointer-events-none fixed inset-x-3 bottom-[calc(env(safe-area-inset-bottom)+7rem)] z-60 grid justify-items-center gap-2 sm:inset-x-auto sm:right-5 sm:bottom-28 sm:justify-items-end"
      >
        {shown.map(({ id, ...toast }) => (
          <ToastCard key={id} {...toast} onClose={() => dismiss(id)} />
        ))}
      </section>
    </Context.Provider>
  );
}

function ToastCard({ text, tone = "info", action, onClose }: Toast & { onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <div
      role={tone === "problem" ? "alert" : undefined}
      className="enter-float pointer-events-auto flex w-full max-w-sm items-center gap-2.5 rounded-md border border-line bg-raised py-1.5 pr-1.5 pl-3.5 shadow-float [&>svg]:size-[1.125rem] [&>svg]:shrink-0"
    >
      {icons[tone]}
      <p className="min-w-0 flex-1 py-1.5">{text}</p>
      {action && (
        <button
          type="button"
          className="touch-target rounded-sm px-2 py-1.5 font-medium text-accent-text hover:bg-hover"
          onClick={() => {
            action.onAction();
            onClose();
          }}
        >
          {action.label}
        </button>
      )}
      <IconButton label={t("ui.dismissNotification")} icon={<X aria-hidden />} onClick={onClose} />
    </div>
  );
}
