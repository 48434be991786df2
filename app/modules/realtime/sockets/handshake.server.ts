import type { HttpRequest, HttpResponse, us_socket_context_t } from "uWebSockets.js";
import type { Logger } from "pino";
import { AppError } from "~/platform/errors";
import { normalAddress } from "~/platform/http/client-address.server";
import { findUpgradeRefusal, readIncoming } from "~/platform/http/incoming.server";
import type { Credentials, HubDoors } from "../doors";
import type { HubLimits } from "../limits";
import { SUBPROTOCOL } from "../protocol";
import type { Counters } from "../topics/counters";
import type { Admission } from "./admission.server";
import type { Entrance } from "./entrance.server";
import { type HubSocket, newSocket } from "./hub-socket.server";
import { fullBucket } from "./token-bucket";

export type HandshakeParts = {
  doors: Pick<HubDoors, "authenticate">;
  admission: Admission;
  entrance: Entrance;
  limits: HubLimits;
  counters: Counters;
  log: Logger;
  publicOrigin: string | null;
  clientAddress?: (remote: string, forwardedFor: string) => string;
  draining: () => boolean;
  now: () => number;
};

type Refusal = { status: string; code: string; retryAfter?: number };

const BEARER = /^Bearer +([^\s]+)$/i;
const UNAUTHORIZED: Refusal = { status: "401 Unauthorized", code: "unauthorized" };
const FORBIDDEN: Refusal = { status: "403 Forbidden", code: "forbidden_origin" };
const CROWDED: Refusal = { status: "429 Too Many Requests", code: "too_many_connections", retryAfter: 30 };
const busy = (seconds: number): Refusal => ({
  status: "503 Service Unavailable",
  code: "unavailable",
  retryAfter: seconds + Math.floor(Math.random() * 4),
});

/** A request lives only within its handler: all that is needed later is read here. */
function readRequest(res: HttpResponse, req: HttpRequest) {
  const incoming = readIncoming(req);
  const unfit = findUpgradeRefusal(incoming);
  const header = (name: string) => incoming.headers.get(name) ?? "";
  const bearer = BEARER.exec(header("authorization"))?.[1];
  return {
    malformed: unfit && { status: `${unfit.status} Refused`, code: unfit.code },
    cookie: header("cookie") || null,
    token: bearer ?? (req.getQuery("access_token") || null),
    guestOf: req.getQuery("guest") || null,
    as: req.getQuery("as") || null,
    origin: header("origin"),
    host: header("host"),
    forwardedFor: header("x-forwarded-for"),
    remote: normalAddress(Buffer.from(res.getRemoteAddressAsText()).toString()) ?? "",
    key: header("sec-websocket-key"),
    extensions: header("sec-websocket-extensions"),
    protocol: header("sec-websocket-protocol")
      .split(",")
      .some((name) => name.trim() === SUBPROTOCOL)
      ? SUBPROTOCOL
      : "",
  };
}
type Request = ReturnType<typeof readRequest>;

/** Cookies travel by themselves, so that a page of another origin could open a socket with them. */
function isOwnOrigin({ origin, host }: Request, publicOrigin: string | null): boolean {
  if (publicOrigin !== null) return origin === publicOrigin;
  return host !== "" && (origin === `http://${host}` || origin === `https://${host}`);
}

function respond(res: HttpResponse, { status, code, retryAfter }: Refusal): void {
  res.cork(() => {
    res.writeStatus(status).writeHeader("content-type", "application/json").writeHeader("cache-control", "no-store");
    if (retryAfter !== undefined) res.writeHeader("retry-after", String(retryAfter));
    res.end(JSON.stringify({ error: { code, message: code } }), true);
  });
}

const nextTurn = () => new Promise<void>((turn) => setImmediate(turn));

/** Decides about an upgrade. Nothing is sent over a response that was aborted meanwhile: that ends the process. */
export function createHandshake(parts: HandshakeParts) {
  const { doors, admission, entrance, limits, counters, log, publicOrigin, now } = parts;

  const early = (request: Request): Refusal | null => {
    if (request.malformed) return request.malformed;
    if (parts.draining()) return busy(1);
    if (!request.token && !request.cookie) return UNAUTHORIZED;
    if (!request.token && !isOwnOrigin(request, publicOrigin)) return FORBIDDEN;
    return null;
  };
  const decide = async (credentials: Credentials, as: string | null): Promise<HubSocket | Refusal> => {
    try {
      const principal = await doors.authenticate(credentials);
      // A page names the account that it is of: in the same browser somebody else may have signed in meanwhile.
      if (!principal || (as !== null && principal.account.id !== as)) return UNAUTHORIZED;
      if (parts.draining()) return busy(1);
      if (!admission.enter(principal, credentials.clientAddress)) return CROWDED;
      return newSocket(principal, credentials.clientAddress, fullBucket(limits.frameBurst, now()));
    } catch (error) {
      if (error instanceof AppError && error.expected) {
        return { status: `${error.status} Refused`, code: error.code };
      }
      log.error({ err: error }, "a handshake failed");
      return busy(2);
    }
  };
  const refuse = (res: HttpResponse, refusal: Refusal) => {
    counters.add(`handshake_${refusal.status.slice(0, 3)}`);
    respond(res, refusal);
  };
  const upgrade = (res: HttpResponse, request: Request, socket: HubSocket, context: us_socket_context_t) => {
    counters.add("handshake_accepted");
    entrance.pass(res, [socket, request.key, request.protocol, request.extensions, context]);
  };

  const shake = async (res: HttpResponse, req: HttpRequest, context: us_socket_context_t): Promise<void> => {
    let aborted = false;
    res.onAborted(() => {
      aborted = true;
    });
    const request = readRequest(res, req);
    const refusal = early(request);
    if (refusal) {
      // In a later turn: what came behind the request is then never taken for another (see platform/http/serve).
      await nextTurn();
      if (!aborted) refuse(res, refusal);
      return;
    }
    const seconds = admission.knock();
    if (seconds > 0) return refuse(res, busy(seconds));
    const { token, remote } = request;
    const clientAddress = parts.clientAddress?.(remote, request.forwardedFor) ?? remote;
    const { guestOf, as } = request;
    const decided = await decide({ token, cookie: token ? null : request.cookie, guestOf, clientAddress }, as);
    admission.answered();
    if (aborted) {
      if ("held" in decided) admission.leave(decided.principal, decided.address);
      return;
    }
    if ("held" in decided) upgrade(res, request, decided, context);
    else refuse(res, decided);
  };
  return (res: HttpResponse, req: HttpRequest, context: us_socket_context_t): void => {
    shake(res, req, context).catch((error) => log.error({ err: error }, "a handshake broke"));
  };
}
