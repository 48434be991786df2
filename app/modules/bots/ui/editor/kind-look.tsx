import {
  Ban,
  BookOpen,
  Bot,
  CircleHelp,
  Clock,
  CornerDownRight,
  Database,
  Dices,
  Flag,
  GitBranch,
  Globe,
  Hourglass,
  Image,
  ListChecks,
  type LucideIcon,
  MessageSquare,
  PanelTop,
  PenLine,
  Play,
  Send,
  Sparkles,
  StickyNote,
  UserRoundCheck,
  Users,
  Workflow,
} from "lucide-react";
import type { NodeFamily } from "../../nodes/define-node";
import { type NodeKind, nodeKinds } from "../../nodes/kinds";

const ICONS: { readonly [kind: string]: LucideIcon } = {
  start: Play,
  text: MessageSquare,
  media: Image,
  card: PanelTop,
  choice: ListChecks,
  ask: CircleHelp,
  condition: GitBranch,
  hours: Clock,
  agents: UserRoundCheck,
  split: Dices,
  set: Database,
  update: PenLine,
  http: Globe,
  wait: Hourglass,
  note: StickyNote,
  faq: BookOpen,
  ai_answer: Sparkles,
  call_flow: Workflow,
  jump: CornerDownRight,
  handoff: Users,
  close: Ban,
};

const OF_FAMILY: Record<NodeFamily, LucideIcon> = {
  start: Play,
  say: Send,
  ask: CircleHelp,
  decide: GitBranch,
  do: Database,
  answer: BookOpen,
  go: CornerDownRight,
  end: Flag,
};

/** In the order in which a palette shows them. */
export const FAMILIES = ["say", "ask", "decide", "do", "answer", "go", "end"] as const satisfies readonly NodeFamily[];

const TINTS: Record<NodeFamily, string> = {
  start: "bg-jungle-soft text-jungle-text",
  say: "bg-river-soft text-river-text",
  ask: "bg-accent-soft text-accent-text",
  decide: "bg-amber-soft text-amber-text",
  do: "bg-hover text-ink",
  answer: "bg-river-soft text-river-text",
  go: "bg-hover text-ink",
  end: "bg-danger-soft text-danger-text",
};

export const familyOf = (kind: NodeKind): NodeFamily => nodeKinds[kind].family;

/** The picture of a kind of node on the colour of its family. */
export function KindIcon({ kind, small = false }: { kind: NodeKind; small?: boolean }) {
  const family = familyOf(kind);
  const Icon = ICONS[kind] ?? OF_FAMILY[family] ?? Bot;
  return (
    <span
      aria-hidden
      className={`inline-flex shrink-0 items-center justify-center rounded-sm ${small ? "size-6 [&_svg]:size-3.5" : "size-8 [&_svg]:size-4"} ${TINTS[family]}`}
    >
      <Icon />
    </span>
  );
}
