import { Download, Printer } from "lucide-react";
import { useHydrated } from "remix-utils/use-hydrated";
import { useTranslation } from "~/i18n/translation";
import { Button, buttonClass } from "~/ui/button";
import { qrFile, qrPath } from "~/ui/qr/qr-path";

/** Of the drawing as a picture: sharp on a printed page of A4. */
const PNG_PIXELS = 1_600;

/** Saves a code as a picture, by drawing it here. */
async function savePng(text: string, name: string): Promise<void> {
  const { path, size } = qrPath(text);
  const scale = Math.floor(PNG_PIXELS / size);
  const canvas = document.createElement("canvas");
  canvas.width = size * scale;
  canvas.height = size * scale;
  const pen = canvas.getContext("2d");
  if (!pen) return;
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.scale(scale, scale);
  pen.fillStyle = "#000";
  pen.fill(new Path2D(path));
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/png"));
  if (!blob) return;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = `${name}.png`;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** A code to take away: as a drawing without scripts too, as a picture or on paper with them. */
export function QrDownloads({ text, name }: { text: string; name: string }) {
  const { t } = useTranslation();
  const hydrated = useHydrated();
  const icon = <Download aria-hidden className="size-4" />;
  return (
    <div className="flex flex-wrap gap-2">
      <a
        href={`data:image/svg+xml,${encodeURIComponent(qrFile(text))}`}
        download={`${name}.svg`}
        className={buttonClass("quiet")}
      >
        {icon}
        {t("admin.links.svg")}
      </a>
      {hydrated && (
        <>
          <Button icon={icon} onClick={() => void savePng(text, name)}>
            {t("admin.links.png")}
          </Button>
          <Button icon={<Printer aria-hidden className="size-4" />} onClick={() => window.print()}>
            {t("admin.links.print")}
          </Button>
        </>
      )}
    </div>
  );
}
