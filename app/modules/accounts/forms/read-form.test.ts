import { expect, it } from "vitest";
import { z } from "zod";
import { AppError, invalid } from "~/platform/errors";
import { newId } from "~/platform/ids";
import { asFormProblem, orNull, readForm, wholeNumber } from "./read-form.server";

const formWith = (fields: Record<string, string>) => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
};

it("answers a refusal with what was written and which form it was, and never with a secret", () => {
  const channelId = newId();
  const secrets = {
    "setting.access_token": "EAAG",
    "setting.app_secret": "5ec4e7",
    password: "clave",
    currentPassword: "c",
  };
  const form = formWith({ intent: "update", channelId, name: "Otro", ...secrets });
  const { data, init } = asFormProblem(invalid("area_unknown"), form);
  expect(data).toEqual({
    problem: { code: "area_unknown", field: undefined, retryAfterSeconds: undefined },
    values: { intent: "update", channelId, name: "Otro" },
  });
  expect(init?.status).toBe(422);
});

it("takes an empty number for none, and refuses it where one is needed", () => {
  const schema = z.object({ cap: wholeNumber, closes: orNull(wholeNumber) });
  expect(readForm(schema, formWith({ cap: " 8 ", closes: "" }))).toEqual({ cap: 8, closes: null });
  for (const cap of ["", "1.5", "0x10", "1e3", "ocho"]) {
    const refused = () => readForm(schema, formWith({ cap, closes: "" }));
    expect(refused).toThrow(AppError);
    expect(refused).toThrow("out_of_range");
  }
});
