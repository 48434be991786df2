import { STANDIN_NUMBER, startGraphStandin } from "./start-graph-standin";

const appSecret = process.env.META_APP_SECRET || "standin-app-secret";
const verifyToken = process.env.META_VERIFY_TOKEN || "standin-verify-token";
const callbackUrl = process.env.CALLBACK_URL || "http://127.0.0.1:3000/webhooks/meta";

const standin = await startGraphStandin({
  port: Number(process.env.GRAPH_STANDIN_PORT || 4010),
  appSecret,
  verifyToken,
  callbackUrl,
});
const { phoneNumberId, wabaId, token } = STANDIN_NUMBER;
const settings = JSON.stringify({ phone_number_id: phoneNumberId, waba_id: wabaId, access_token: token });

console.log(`The stand-in of Meta's Graph API listens on ${standin.url}
Write as a customer: open ${standin.url}, or
  curl -s ${standin.url}/_customer -d '{"from":"5491155550101","name":"Ana","text":"Hola"}'
What was sent to customers: ${standin.url}/_outbox
Webhooks go to ${callbackUrl} (CALLBACK_URL)

Start GuazuApp so:
  META_GRAPH_URL=${standin.url} META_APP_SECRET=${appSecret} META_VERIFY_TOKEN=${verifyToken} npm start
and connect the number once:
  npm run guazu -- channel:create --org demo --kind whatsapp --settings '${settings}'`);

for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.once(signal, () => void standin.close().then(() => process.exit(0)));
