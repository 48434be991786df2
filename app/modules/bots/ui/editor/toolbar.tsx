import { Link } from "@remix-run/react";
import {
  AlignCenterVertical,
  ArrowLeft,
  ChartColumn,
  CircleAlert,
  CirclePlay,
  Download,
  EllipsisVertical,
  History,
  ListTree,
  Network,
  Redo2,
  Search,
  Settings,
  StickyNote,
  TriangleAlert,
  Undo2,
  Waypoints,
} from "lucide-react";
import { useTranslation } from "~/i18n/translation";
import { Button } from "~/ui/button";
import { IconButton } from "~/ui/icon-button";
import { Menu, MenuDivider, MenuItem } from "~/ui/overlay/menu";
import { ALIGNMENTS, align, arrangeAll } from "./model/arrange";
import { addSticky } from "./state/actions";
import type { SaveState } from "./state/draft-keeper";
import { useEditor, useEditorState } from "./state/editor-context";

export type View = "canvas" | "outline";
export type Ask = "find" | "connect" | "publish" | "versions" | "settings";

type ToolbarProps = {
  view: View;
  onView(view: View): void;
  saving: SaveState;
  onAsk(what: Ask): void;
  /** Whether what really happened is shown on the drawing; null for a bot that never ran. */
  figures: { on: boolean; set(on: boolean): void } | null;
};

/** The line over the flow: what it is called, whether it is saved, and everything that is done with all of it. */
export function Toolbar({ view, onView, saving, onAsk, figures }: ToolbarProps) {
  const { t } = useTranslation();
  const name = useEditorState(({ history }) => history.present.name);
  return (
    <header className="flex min-h-14 shrink-0 items-center gap-1 border-line border-b bg-surface py-2 pr-3 pl-2 sm:gap-1.5">
      <Link
        to="/bots"
        aria-label={t("ui.back")}
        className="touch-target inline-flex size-9 shrink-0 items-center justify-center rounded-sm text-ink-soft hover:bg-hover hover:text-ink"
      >
        <ArrowLeft aria-hidden className="size-5" />
      </Link>
      <div className="min-w-0 flex-1">
        <h1 className="truncate font-semibold text-md">{name}</h1>
        <p role="status" className={`truncate text-xs ${TONES[saving]}`}>
          {t(`bots.saving.${saving}`)}
        </p>
      </div>
      <UndoButtons />
      <span className="hidden items-center gap-1 md:flex">
        <IconButton label={t("bots.editor.findKeys")} icon={<Search aria-hidden />} onClick={() => onAsk("find")} />
        {view === "canvas" && figures && (
          <IconButton
            label={t("bots.editor.figures")}
            pressed={figures.on}
            icon={<ChartColumn />}
            onClick={() => figures.set(!figures.on)}
          />
        )}
        {view === "canvas" && <DrawingButtons />}
      </span>
      <span className="hidden md:flex">
        <ViewButtons view={view} onView={onView} />
      </span>
      <ProblemsButton />
      <TryButton />
      <MoreMenu view={view} onView={onView} onAsk={onAsk} />
      <Button variant="primary" className="max-sm:px-2.5" onClick={() => onAsk("publish")}>
        {t("bots.editor.publish")}
      </Button>
    </header>
  );
}

const TONES: Record<SaveState, string> = {
  saved: "text-ink-soft",
  waiting: "text-ink-soft",
  saving: "text-ink-soft",
  kept: "text-amber-text",
  conflict: "text-danger-text",
  refused: "text-danger-text",
};

function UndoButtons() {
  const { t } = useTranslation();
  const { store } = useEditor();
  const mayUndo = useEditorState(({ history }) => history.past.length > 0);
  const mayRedo = useEditorState(({ history }) => history.future.length > 0);
  return (
    <>
      <IconButton label={t("bots.editor.undo")} icon={<Undo2 />} disabled={!mayUndo} onClick={() => store.undo()} />
      <IconButton
        label={t("bots.editor.redo")}
        icon={<Redo2 />}
        className="max-sm:hidden"
        disabled={!mayRedo}
        onClick={() => store.redo()}
      />
    </>
  );
}

function DrawingButtons() {
  const { t } = useTranslation();
  const { store } = useEditor();
  const several = useEditorState(({ selected }) => selected.size > 1);
  const noteAt = () => {
    const xs = store.draft.nodes.map(({ position }) => position);
    addSticky(store, { x: Math.min(...xs.map(({ x }) => x)), y: Math.min(...xs.map(({ y }) => y)) - 140 });
  };
  return (
    <>
      <IconButton label={t("bots.editor.arrange")} icon={<Network />} onClick={() => store.edit(arrangeAll)} />
      <IconButton label={t("bots.editor.addNote")} icon={<StickyNote />} onClick={noteAt} />
      {several && (
        <Menu
          label={t("bots.editor.align")}
          trigger={<IconButton label={t("bots.editor.align")} icon={<AlignCenterVertical />} />}
        >
          {ALIGNMENTS.map((how) => (
            <MenuItem key={how} id={how} onAction={() => store.edit(align(store.get().selected, how))}>
              {t(`bots.alignments.${how}`)}
            </MenuItem>
          ))}
        </Menu>
      )}
    </>
  );
}

function ViewButtons({ view, onView }: Pick<ToolbarProps, "view" | "onView">) {
  const { t } = useTranslation();
  return (
    <>
      <IconButton
        label={t("bots.editor.canvas")}
        pressed={view === "canvas"}
        icon={<Waypoints />}
        onClick={() => onView("canvas")}
      />
      <IconButton
        label={t("bots.editor.outline")}
        pressed={view === "outline"}
        icon={<ListTree />}
        onClick={() => onView("outline")}
      />
    </>
  );
}

function ProblemsButton() {
  const { t } = useTranslation();
  const { store } = useEditor();
  const problems = useEditorState((state) => state.problems);
  const isOpen = useEditorState((state) => state.panel?.kind === "problems");
  const errors = problems.filter(({ severity }) => severity === "error").length;
  if (problems.length === 0) return null;
  const Icon = errors > 0 ? CircleAlert : TriangleAlert;
  const count = errors > 0 ? errors : problems.length;
  const label = t(errors > 0 ? "bots.editor.errorCount" : "bots.editor.warningCount", { count });
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      aria-pressed={isOpen}
      onClick={() => store.open(isOpen ? null : { kind: "problems" })}
      className={`touch-target inline-flex h-9 shrink-0 items-center justify-center gap-1.5 rounded-sm px-2 font-medium tabular-nums hover:bg-hover aria-pressed:bg-hover ${errors > 0 ? "text-danger-text" : "text-amber-text"}`}
    >
      <Icon aria-hidden className="size-4.5" />
      {count}
    </button>
  );
}

/** Opens the conversation with the draft. */
function TryButton() {
  const { t } = useTranslation();
  const { store } = useEditor();
  const isOpen = useEditorState((state) => state.panel?.kind === "simulator");
  return (
    <IconButton
      label={t("bots.editor.try")}
      pressed={isOpen}
      icon={<CirclePlay />}
      className="max-sm:hidden"
      onClick={() => store.open(isOpen ? null : { kind: "simulator" })}
    />
  );
}

function MoreMenu({ view, onView, onAsk }: Pick<ToolbarProps, "view" | "onView" | "onAsk">) {
  const { t } = useTranslation();
  const { store, flowId } = useEditor();
  const mayRedo = useEditorState(({ history }) => history.future.length > 0);
  const other = view === "canvas" ? "outline" : "canvas";
  return (
    <Menu trigger={<IconButton label={t("ui.moreOptions")} icon={<EllipsisVertical />} />}>
      <MenuItem icon={<Redo2 />} disabled={!mayRedo} onAction={() => store.redo()}>
        {t("bots.editor.redo")}
      </MenuItem>
      <MenuItem icon={<CirclePlay />} onAction={() => store.open({ kind: "simulator" })}>
        {t("bots.editor.try")}
      </MenuItem>
      <MenuItem icon={<Settings />} onAction={() => onAsk("settings")}>
        {t("bots.settings.title")}
      </MenuItem>
      <MenuItem icon={<History />} onAction={() => onAsk("versions")}>
        {t("bots.versions.title")}
      </MenuItem>
      <MenuItem icon={<Download />} onAction={() => window.location.assign(`/bots/${flowId}/export`)}>
        {t("bots.list.export")}
      </MenuItem>
      <MenuDivider />
      <MenuItem icon={<Search />} onAction={() => onAsk("find")}>
        {t("bots.editor.find")}
      </MenuItem>
      <MenuItem icon={<Network />} onAction={() => store.edit(arrangeAll)}>
        {t("bots.editor.arrange")}
      </MenuItem>
      <MenuItem icon={view === "canvas" ? <ListTree /> : <Waypoints />} onAction={() => onView(other)}>
        {t(other === "outline" ? "bots.editor.outline" : "bots.editor.canvas")}
      </MenuItem>
    </Menu>
  );
}
