import { CircleCheck, X } from "lucide-react";
import { useTranslation } from "~/i18n/translation";
import { IconButton } from "~/ui/icon-button";
import { EmptyState } from "~/ui/state/empty-state";
import { useDraft, useEditor, useEditorState } from "../state/editor-context";
import type { EditorProblem } from "../state/problems";
import { useWords } from "../words";
import { ProblemLine } from "./problem-line";

/** Everything that is wrong, beside the canvas. */
export function ProblemsPanel({ onClose }: { onClose(): void }) {
  const { t } = useTranslation();
  return (
    <>
      <div className="flex items-center border-line border-b py-2 pr-2 pl-4">
        <h2 className="flex-1 font-semibold">{t("bots.editor.problems")}</h2>
        <IconButton label={t("ui.close")} icon={<X aria-hidden />} onClick={onClose} />
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto p-2">
        <ProblemList />
      </div>
    </>
  );
}

type ProblemListProps = { onJump?(): void };

/** The problems with where they are; each leads there. */
export function ProblemList({ onJump }: ProblemListProps) {
  const { t } = useTranslation();
  const { store } = useEditor();
  const problems = useEditorState((state) => state.problems);
  const draft = useDraft();
  const words = useWords();
  if (problems.length === 0)
    return (
      <EmptyState icon={<CircleCheck />} title={t("bots.editor.noProblems")} text={t("bots.editor.noProblemsText")} />
    );
  const placeOf = ({ node }: EditorProblem) => {
    const at = draft.nodes.find(({ id }) => id === node);
    return at ? words.nodeName(at) : t("bots.editor.wholeFlow");
  };
  return (
    <ul className="grid">
      {problems.map((problem, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a problem has no other name.
        <li key={at}>
          <button
            type="button"
            disabled={problem.node === null}
            onClick={() => {
              if (problem.node !== null) store.openNode(problem.node, [...problem.path]);
              onJump?.();
            }}
            className="grid min-h-11 w-full gap-0.5 rounded-sm px-2 py-2 text-left hover:bg-hover"
          >
            <span className="font-medium text-sm">{placeOf(problem)}</span>
            <ProblemLine severity={problem.severity}>{words.problemText(problem, draft)}</ProblemLine>
          </button>
        </li>
      ))}
    </ul>
  );
}
