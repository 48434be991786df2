import { notFound } from "~/platform/errors";
import { RouteError } from "~/ui/state/route-error";

/** Every address that no other route has. Being a route of its own, it is answered in the reader's language. */
export function loader(): never {
  throw notFound("page");
}

export default function NotFound() {
  return null;
}

export function ErrorBoundary() {
  return <RouteError page />;
}
