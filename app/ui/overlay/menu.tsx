import { Check } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import {
  Dialog as AriaDialog,
  Menu as AriaMenu,
  MenuItem as AriaMenuItem,
  MenuSection as AriaMenuSection,
  Header,
  MenuTrigger,
  Popover,
  Pressable,
  Separator,
} from "react-aria-components";

type MenuProps = {
  /** One element that can hold the focus and a ref, such as a Button or an IconButton. */
  trigger: ReactElement<Record<string, unknown>, string>;
  /** What the menu is of, where the trigger's own label does not say it. */
  label?: string;
  placement?: "bottom start" | "bottom end" | "top start" | "top end" | "right bottom";
  /** For a menu in which one or more things are chosen; keys are the items' ids. */
  selected?: Iterable<string>;
  selectionMode?: "single" | "multiple";
  onAction?: (id: string) => void;
  /** MenuItem, MenuSection and MenuDivider. */
  children: ReactNode;
};

const box =
  "enter-float min-w-48 max-w-80 overflow-auto rounded-md border border-line bg-raised p-1 shadow-float outline-none";

/** A list of things to do that opens from a button; arrows, letters, Home, End and Escape work. */
export function Menu(props: MenuProps) {
  const { trigger, label, placement = "bottom end", selected, selectionMode, onAction, children } = props;
  return (
    <MenuTrigger>
      <Pressable>{trigger}</Pressable>
      <Popover placement={placement} offset={6} className={box}>
        <AriaMenu
          aria-label={label}
          className="outline-none"
          selectionMode={selectionMode ?? "none"}
          selectedKeys={selected}
          onAction={(key) => onAction?.(String(key))}
        >
          {children}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}

type FloatingMenuProps = {
  /** What it belongs to, while it is open: one menu can serve many lines. */
  anchor: Element | null;
  label: string;
  onClose: () => void;
  /** Stands above the items. */
  head?: ReactNode;
  children: ReactNode;
};

/** The same list for whichever of many lines was pressed. */
export function FloatingMenu({ anchor, label, onClose, head, children }: FloatingMenuProps) {
  return (
    <Popover
      triggerRef={{ current: anchor }}
      isOpen={anchor !== null}
      onOpenChange={(open) => open || onClose()}
      placement="bottom end"
      offset={4}
      className={box}
    >
      <AriaDialog aria-label={label} className="outline-none">
        {head}
        <AriaMenu aria-label={label} className="outline-none" autoFocus="first" onClose={onClose}>
          {children}
        </AriaMenu>
      </AriaDialog>
    </Popover>
  );
}

type MenuItemProps = {
  id?: string;
  icon?: ReactNode;
  /** A short note at the end of the line: a shortcut, a count. */
  end?: ReactNode;
  /** Makes the item a link. */
  href?: string;
  danger?: boolean;
  disabled?: boolean;
  onAction?: () => void;
  /** What to type to jump to it, when the children are not plain text. */
  textValue?: string;
  children: ReactNode;
};

export function MenuItem({ icon, end, danger = false, disabled, children, textValue, ...rest }: MenuItemProps) {
  return (
    <AriaMenuItem
      {...rest}
      isDisabled={disabled}
      textValue={textValue ?? (typeof children === "string" ? children : undefined)}
      className={`flex min-h-9 cursor-pointer select-none items-center gap-2.5 rounded-sm px-2.5 outline-none data-focused:bg-hover data-disabled:cursor-not-allowed data-disabled:opacity-55 pointer-coarse:min-h-11 [&_svg]:size-4 [&_svg]:shrink-0 ${danger ? "text-danger-text" : ""}`}
    >
      {({ isSelected, selectionMode }) => (
        <>
          {icon}
          <span className="min-w-0 flex-1 truncate">{children}</span>
          {end && <span className="text-ink-faint text-sm">{end}</span>}
          {selectionMode !== "none" && isSelected && <Check aria-hidden className="text-accent-text" />}
        </>
      )}
    </AriaMenuItem>
  );
}

export function MenuSection({ title, children }: { title: ReactNode; children: ReactNode }) {
  return (
    <AriaMenuSection>
      <Header className="px-2.5 pt-2 pb-1 font-medium text-ink-faint text-xs">{title}</Header>
      {children}
    </AriaMenuSection>
  );
}

export const MenuDivider = () => <Separator className="my-1 h-px bg-line" />;
