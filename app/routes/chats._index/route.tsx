import type { LoaderFunctionArgs } from "@remix-run/node";
import { MessagesSquare } from "lucide-react";
import { useTranslation } from "~/i18n/translation";
import { requireActor } from "~/modules/accounts/index.server";
import { EmptyState } from "~/ui/state/empty-state";

export async function loader({ request }: LoaderFunctionArgs) {
  await requireActor(request);
  return null;
}

/** Beside the list, while no chat is open. */
export default function NoChat() {
  const { t } = useTranslation();
  return <EmptyState icon={<MessagesSquare />} title={t("chat.choose")} text={t("chat.chooseHint")} />;
}
