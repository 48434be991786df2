import { BaseEdge, type EdgeProps, getBezierPath, useInternalNode } from "@xyflow/react";
import { backPath, leadsBack } from "./way-path";

/** The line of a way from an exit to a step; one that leads back goes round its step and not through it. */
export function WayEdge(props: EdgeProps) {
  const { source, sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition } = props;
  const own = useInternalNode(source);
  const [from, to] = [
    { x: sourceX, y: sourceY },
    { x: targetX, y: targetY },
  ];
  const bottom = own ? own.internals.positionAbsolute.y + (own.measured.height ?? 0) : sourceY;
  const [bent] = getBezierPath({ sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition });
  const path = leadsBack(from, to) ? backPath(from, to, bottom) : bent;
  return (
    <BaseEdge
      id={props.id}
      path={path}
      style={props.style}
      markerEnd={props.markerEnd}
      interactionWidth={props.interactionWidth}
    />
  );
}
