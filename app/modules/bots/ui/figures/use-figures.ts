import { useEffect, useState } from "react";
import { askServer } from "~/platform/ask-server";
import type { FlowFigures, NodeFigures } from "../../figures/figures";

export type FiguresByNode = { [node: string]: NodeFigures };

const NOTHING: FiguresByNode = {};

/** The figures of a version's nodes over the last 30 days, asked for while they are shown; null is the published one. */
export function useFigures(flowId: string, versionId: string | null, active: boolean): FiguresByNode {
  const [nodes, setNodes] = useState<FiguresByNode>(NOTHING);
  useEffect(() => {
    if (!active) return;
    let gone = false;
    const version = versionId === null ? "" : `?version=${versionId}`;
    askServer<FlowFigures>(`/bots/${flowId}/counts${version}`).then(
      (answer) => gone || setNodes(answer.nodes),
      () => gone || setNodes(NOTHING),
    );
    return () => {
      gone = true;
    };
  }, [flowId, versionId, active]);
  return active ? nodes : NOTHING;
}
