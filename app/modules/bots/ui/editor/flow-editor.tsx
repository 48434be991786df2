import { useNavigate } from "@remix-run/react";
import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from "react";
import { useTranslation } from "~/i18n/translation";
import { askServer, codeOfRefusal } from "~/platform/ask-server";
import { Dialog } from "~/ui/overlay/dialog";
import { useToasts } from "~/ui/overlay/toasts";
import { Spinner } from "~/ui/state/spinner";
import type { OpenDraft } from "../../drafts/open-draft.server";
import { useFigures } from "../figures/use-figures";
import { Palette } from "./canvas/palette";
import { ShownFigures } from "./canvas/shown-figures";
import { Outline } from "./outline/outline";
import { AddDialog, type Adding } from "./panels/add-dialog";
import { ConflictDialog } from "./panels/conflict-dialog";
import { ConnectDialog, type Connecting } from "./panels/connect-dialog";
import { FindDialog } from "./panels/find-dialog";
import { FlowSettingsDialog } from "./panels/flow-settings-dialog";
import { ProblemList, ProblemsPanel } from "./panels/problems-panel";
import { PublishDialog } from "./panels/publish-dialog";
import { NodeForm, SettingsPanel } from "./panels/settings-panel";
import { Simulator, Trial } from "./panels/simulator";
import { VersionsDialog } from "./panels/versions-dialog";
import { addKind } from "./state/actions";
import type { DraftKeeper, Theirs } from "./state/draft-keeper";
import { EditorProvider, useEditor, useEditorState } from "./state/editor-context";
import type { EditorStore } from "./state/editor-store";
import { useSavedDraft } from "./state/use-saved-draft";
import { type Ask, Toolbar, type View } from "./toolbar";
import { useWords } from "./words";

// Only this page needs it, and it weighs as much as all the rest.
const Canvas = lazy(() => import("./canvas/canvas"));

const WIDE = "(min-width: 768px)";

type FlowEditorProps = { loaded: OpenDraft; orgId: string; accountId: string };

/** The editor of one flow: the drawing or the outline, settings beside it, and all that is done with the whole. */
export function FlowEditor({ loaded, orgId, accountId }: FlowEditorProps) {
  const { t } = useTranslation();
  const toasts = useToasts();
  const recovered = useCallback(() => toasts.show({ text: t("bots.saving.recovered") }), [toasts, t]);
  const { store, keeper, saving } = useSavedDraft(loaded, accountId, recovered);
  const { view, setView, isWide } = useView();
  const [published, setPublished] = useState(loaded.published);
  const [figuresOn, setFiguresOn] = useState(false);
  const figures = useFigures(loaded.id, null, figuresOn);
  const [asked, setAsked] = useState<Exclude<Ask, "connect"> | null>(null);
  const [connecting, setConnecting] = useState<Connecting | null>(null);
  const [adding, setAdding] = useState<Adding | null>(null);
  const editor = useMemo(
    () => ({ store, things: loaded.things, orgId, flowId: loaded.id, connect: setConnecting }),
    [store, loaded, orgId],
  );
  const ask = useCallback(
    (what: Ask) => {
      if (what !== "connect") return setAsked(what);
      const [from] = store.get().selected;
      if (from) setConnecting({ from });
    },
    [store],
  );
  useEditorKeys(store, () => setAsked("find"));
  const dialog = (what: Exclude<Ask, "connect">) => ({
    open: asked === what,
    onOpenChange: (open: boolean) => setAsked(open ? what : null),
  });
  return (
    <EditorProvider value={editor}>
      <Toolbar
        view={view ?? "outline"}
        onView={setView}
        saving={saving}
        onAsk={ask}
        figures={published ? { on: figuresOn, set: setFiguresOn } : null}
      />
      <div className="flex min-h-0 flex-1">
        {view === "canvas" && (
          <aside
            aria-label={t("bots.editor.palette")}
            className="hidden w-56 shrink-0 flex-col border-line border-r bg-surface lg:flex"
          >
            <Palette draggable onChoose={(kind) => addKind(store, kind, {})} />
          </aside>
        )}
        {view === "canvas" && (
          <Suspense fallback={<Waiting />}>
            <ShownFigures value={figures}>
              <Canvas onAsk={ask} />
            </ShownFigures>
          </Suspense>
        )}
        {view === "outline" && <Outline onConnect={setConnecting} onAdd={(after) => setAdding({ after })} />}
        {view === null && <Waiting />}
        <BesidePanel isWide={isWide} />
      </div>
      <FindDialog {...dialog("find")} />
      <FlowSettingsDialog {...dialog("settings")} />
      <PublishDialog {...dialog("publish")} keeper={keeper} onPublished={() => setPublished(true)} />
      <VersionsDialog {...dialog("versions")} onRolledBack={() => void takeStored(store, keeper, loaded.id)} />
      <ConnectDialog connecting={connecting} onClose={() => setConnecting(null)} />
      <AddDialog adding={adding} onClose={() => setAdding(null)} />
      <Conflict keeper={keeper} />
    </EditorProvider>
  );
}

const Waiting = () => (
  <div className="flex flex-1 items-center justify-center">
    <Spinner className="size-6" />
  </div>
);

/** The drawing where there is room for it, else the outline, until somebody chooses. */
function useView() {
  const [isWide, setWide] = useState(true);
  const [view, setView] = useState<View | null>(null);
  useEffect(() => {
    const wide = window.matchMedia(WIDE);
    const look = () => setWide(wide.matches);
    look();
    setView(wide.matches ? "canvas" : "outline");
    wide.addEventListener("change", look);
    return () => wide.removeEventListener("change", look);
  }, []);
  return { view, setView, isWide };
}

/** Undo, redo and search by their usual keys; a text that is being written undoes itself in the model too. */
function useEditorKeys(store: EditorStore, find: () => void) {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey === event.metaKey || event.altKey) return;
      const target = event.target instanceof Element ? event.target : null;
      if (target?.closest("[role=dialog], [role=alertdialog]")) return;
      const key = event.key.toLowerCase();
      if (key === "z") event.shiftKey ? store.redo() : store.undo();
      else if (key === "y") store.redo();
      else if (key === "f") find();
      else return;
      event.preventDefault();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [store, find]);
}

/** What stands beside the flow, or on a phone before it. */
function BesidePanel({ isWide }: { isWide: boolean }) {
  const { t } = useTranslation();
  const { store } = useEditor();
  const panel = useEditorState((state) => state.panel);
  const node = useEditorState(({ history }) =>
    panel?.kind === "node" ? history.present.nodes.find(({ id }) => id === panel.id) : undefined,
  );
  const { kindName } = useWords();
  if (!panel) return null;
  const close = () => store.open(null);
  if (!isWide) {
    return (
      <Dialog
        shape="sheet"
        title={
          node ? kindName(node.kind) : t(panel.kind === "simulator" ? "bots.simulator.title" : "bots.editor.problems")
        }
        open
        onOpenChange={(open) => open || close()}
      >
        {panel.kind === "node" && <NodeForm id={panel.id} path={panel.path} />}
        {panel.kind === "problems" && <ProblemList />}
        {panel.kind === "simulator" && <Trial />}
      </Dialog>
    );
  }
  return (
    <aside
      aria-label={t("bots.editor.panel")}
      className="flex w-88 shrink-0 flex-col border-line border-l bg-surface xl:w-96"
    >
      {panel.kind === "node" && <SettingsPanel id={panel.id} path={panel.path} onClose={close} />}
      {panel.kind === "problems" && <ProblemsPanel onClose={close} />}
      {panel.kind === "simulator" && <Simulator onClose={close} />}
    </aside>
  );
}

/** Goes on with what the server has. */
async function takeStored(store: EditorStore, keeper: DraftKeeper, flowId: string): Promise<void> {
  take(store, keeper, await askServer<Theirs>(`/bots/${flowId}/draft`));
}

function take(store: EditorStore, keeper: DraftKeeper, theirs: Theirs): void {
  // First the keeper, so that what comes is known as saved.
  keeper.settle(theirs);
  store.replace(theirs.draft);
}

function Conflict({ keeper }: { keeper: DraftKeeper }) {
  const { t } = useTranslation();
  const { store, flowId } = useEditor();
  const navigate = useNavigate();
  const { theirs } = keeper;
  const keepCopy = async () => {
    const name = t("bots.conflict.copyName", { name: store.draft.name }).slice(0, 100);
    try {
      const body = { intent: "copy", name, draft: store.draft };
      const { id } = await askServer<{ id: string }>(`/bots/${flowId}/draft`, body);
      if (theirs) take(store, keeper, theirs);
      navigate(`/bots/${id}`);
      return null;
    } catch (error) {
      return t(`errors.${codeOfRefusal(error)}`);
    }
  };
  return (
    <ConflictDialog
      theirs={theirs}
      onTakeTheirs={() => theirs && take(store, keeper, theirs)}
      onKeepCopy={keepCopy}
      onOverwrite={() => void keeper.overwrite()}
    />
  );
}
