import { X } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { Dialog as AriaDialog, DialogTrigger, Heading, Modal, ModalOverlay, Pressable } from "react-aria-components";
import { useTranslation } from "~/i18n/translation";
import { IconButton } from "../icon-button";

type Content = ReactNode | ((close: () => void) => ReactNode);

type DialogProps = {
  title: ReactNode;
  /** `dialog` stands in the middle, `sheet` slides in at the side; both rise from the bottom edge of a phone. */
  shape?: "dialog" | "sheet";
  size?: "sm" | "md" | "lg";
  /** Opens it; without one, `open` and `onOpenChange` are in charge. */
  trigger?: ReactElement<Record<string, unknown>, string>;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  /** `alertdialog` for a question that must be answered before going on: outside clicks do not close it. */
  role?: "dialog" | "alertdialog";
  /** The buttons; stays in sight while the content scrolls. */
  footer?: Content;
  children: Content;
};

const places = {
  dialog: "items-end sm:items-center sm:justify-center sm:p-6",
  sheet: "items-end sm:items-stretch sm:justify-end",
};
const boxes = {
  dialog: "max-h-[92dvh] rounded-t-md sm:max-h-full sm:rounded-md",
  sheet: "max-h-[92dvh] rounded-t-md sm:max-h-full sm:rounded-none sm:border-line sm:border-l",
};
const widths = { sm: "sm:max-w-sm", md: "sm:max-w-lg", lg: "sm:max-w-2xl" };

/** Takes the focus, keeps it, closes on Escape, and gives the focus back to where it was. */
export function Dialog(props: DialogProps) {
  const { shape = "dialog", size = "md", trigger, open, onOpenChange, role = "dialog" } = props;
  const control = { isOpen: open, onOpenChange };
  const overlay = (
    <ModalOverlay
      isDismissable={role === "dialog"}
      {...(trigger ? {} : control)}
      className={`fixed inset-0 z-50 flex bg-scrim ${places[shape]}`}
    >
      <Modal className={`enter-sheet flex w-full flex-col bg-raised shadow-float ${boxes[shape]} ${widths[size]}`}>
        <AriaDialog role={role} className="flex min-h-0 flex-1 flex-col outline-none">
          {({ close }) => <DialogBody {...props} close={close} />}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
  if (!trigger) return overlay;
  return (
    <DialogTrigger {...control}>
      <Pressable>{trigger}</Pressable>
      {overlay}
    </DialogTrigger>
  );
}

function DialogBody({ close, ...props }: DialogProps & { close: () => void }) {
  const { title, footer, children, role, open, onOpenChange } = props;
  const { t } = useTranslation();
  // Open until its question is answered: there is nothing to close it with.
  const stays = role === "alertdialog" && open !== undefined && !onOpenChange;
  return (
    <>
      <div className="flex shrink-0 items-center gap-2 py-3 pr-3 pl-5">
        <Heading slot="title" className="min-w-0 flex-1 font-semibold text-md">
          {title}
        </Heading>
        {!stays && <IconButton label={t("ui.close")} icon={<X aria-hidden />} onClick={close} />}
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto px-5 pb-5">{fill(children, close)}</div>
      {footer && (
        <div className="flex shrink-0 flex-wrap justify-end gap-2 border-line border-t px-5 py-3 pb-[max(0.75rem,env(safe-area-inset-bottom))]">
          {fill(footer, close)}
        </div>
      )}
    </>
  );
}

const fill = (content: Content, close: () => void) => (typeof content === "function" ? content(close) : content);
