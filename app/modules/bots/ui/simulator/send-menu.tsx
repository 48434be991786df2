import { FileText, Image, MapPin, Mic, Plus, Sticker } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "~/i18n/translation";
import { IconButton } from "~/ui/icon-button";
import { Menu, MenuItem } from "~/ui/overlay/menu";
import type { Answer } from "../../answers/match-answer";

type Sent = "image" | "file" | "voice" | "sticker" | "location";

const icons: Record<Sent, ReactNode> = {
  image: <Image aria-hidden />,
  file: <FileText aria-hidden />,
  voice: <Mic aria-hidden />,
  sticker: <Sticker aria-hidden />,
  location: <MapPin aria-hidden />,
};

const files = {
  image: { name: "foto.jpg", mime: "image/jpeg" },
  file: { name: "documento.pdf", mime: "application/pdf" },
  voice: { name: "voz.ogg", mime: "audio/ogg" },
  sticker: { name: "sticker.webp", mime: "image/webp" },
};

/** Asunción: whoever tries a flow needs some place, not theirs. */
const place = { latitude: -25.2822, longitude: -57.6351, name: null, address: null };

/** What a customer's file or place is to the engine. */
function answerWith(sent: Sent): Answer {
  const empty = { text: null, payload: null };
  const answer =
    sent === "location"
      ? { kind: "location", ...empty, place }
      : { kind: "media", ...empty, files: [{ id: `simulated-${sent}`, kind: sent, url: null, ...files[sent] }] };
  return answer;
}

/** What a customer sent, in words: its text, or what kind of thing it is. */
export function useAnswerWords(): (answer: Answer) => string {
  const { t } = useTranslation();
  return (answer) => {
    const [file] = answer.files ?? [];
    return answer.text ?? t(`bots.simulator.sent.${file?.kind ?? answer.kind}`);
  };
}

/** Sends what is no text: stickers and voice notes answer nothing, files and places do where they are asked for. */
export function SendMenu({ onSend }: { onSend: (answer: Answer) => void }) {
  const { t } = useTranslation();
  return (
    <Menu
      placement="top start"
      trigger={<IconButton label={t("bots.simulator.send")} icon={<Plus aria-hidden />} />}
      onAction={(id) => onSend(answerWith(id as Sent))}
    >
      {(Object.keys(icons) as Sent[]).map((sent) => (
        <MenuItem key={sent} id={sent} icon={icons[sent]}>
          {t(`bots.simulator.sent.${sent}`)}
        </MenuItem>
      ))}
    </Menu>
  );
}
