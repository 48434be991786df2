import { qrPath } from "./qr-path";

/** A code that a telephone reads, always dark on white. */
export function QrCode({ text, label, className }: { text: string; label: string; className?: string }) {
  const { path, size } = qrPath(text);
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      className={`bg-[#fff] text-[#000] ${className ?? ""}`}
    >
      <path fill="currentColor" d={path} />
    </svg>
  );
}
