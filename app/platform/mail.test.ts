import { createServer, type Server } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sendMail } from "./mail.server";

/** The least of an SMTP server: keeps what it was told. */
function smtpServer(told: string[]): Server {
  return createServer((socket) => {
    let inBody = false;
    socket.write("220 test\r\n");
    socket.on("data", (chunk) => {
      for (const line of chunk.toString("utf8").split("\r\n").slice(0, -1)) {
        told.push(line);
        if (inBody) {
          if (line !== ".") continue;
          inBody = false;
          socket.write("250 kept\r\n");
        } else if (/^DATA/i.test(line)) {
          inBody = true;
          socket.write("354 go on\r\n");
        } else if (/^QUIT/i.test(line)) socket.end("221 bye\r\n");
        else socket.write("250 ok\r\n");
      }
    });
    socket.on("error", () => {});
  });
}

describe("mail", () => {
  const told: string[] = [];
  const server = smtpServer(told);
  let url = "";
  beforeAll(async () => {
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    url = `smtp://127.0.0.1:${(server.address() as { port: number }).port}/?from=hola@guazu.test`;
  });
  afterAll(() => new Promise((done) => server.close(done)));

  test("reaches the server with sender, receiver, subject and text", async () => {
    await sendMail(url, { to: "ana@example.test", subject: "Tu contraseña", text: "Enlace: https://x.test/reset" });
    expect(told).toContain("MAIL FROM:<hola@guazu.test>");
    expect(told).toContain("RCPT TO:<ana@example.test>");
    expect(told.join("\n")).toMatch(/Subject: =\?UTF-8\?Q\?Tu_contrase=C3=B1a\?=/);
    expect(told.join("\n")).toContain("https://x.test/reset");
  });

  test.each([
    ["ana@example.test\r\nBcc: all@example.test", "hola"],
    ["ana@example.test, eva@example.test", "hola"],
    ["Ana <ana@example.test>", "hola"],
    ["ana@example.test", "hola\nBcc: all@example.test"],
    ["ana@example.test", "hola\u2028Bcc: all@example.test"],
  ])("refuses what would make another header: %j %j", async (to, subject) => {
    const before = told.length;
    await expect(sendMail(url, { to, subject, text: "x" })).rejects.toThrow();
    expect(told.length).toBe(before);
  });
});
