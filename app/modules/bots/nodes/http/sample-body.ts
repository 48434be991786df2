import type { Json } from "../../wording/json";
import { own } from "../../wording/json";
import type { HttpSettings } from "./http-settings";
import { writePath } from "./json-path";

type Save = HttpSettings["saves"][number];

/** An entry of a list as another server has it, of what a choice would show and save of it. */
function entryOf(shown: Json, { label, value, description }: NonNullable<Save["items"]>): Json {
  const of = (name: string) => (typeof shown === "object" && !Array.isArray(shown) && shown ? own(shown, name) : shown);
  return [
    [label, of("label")],
    [value, of("value")],
    [description, of("description")],
  ].reduce<Json>((entry, [path, put]) => (path ? writePath(entry, path as string, put ?? null) : entry), null);
}

const exampleOf = ({ to, items }: Save): Json => (items ? [{ label: to, value: to, description: null }] : to);

/**
 * An answer out of which a node saves these values of its variables; one that is not given is called by its name, so that an
 * author sees what goes where.
 */
export function sampleBody({ saves }: Pick<HttpSettings, "saves">, values: { [name: string]: Json } = {}): Json {
  return saves.reduce<Json>((body, save) => {
    const known = own(values, save.to);
    const value = known === undefined ? exampleOf(save) : known;
    const { items } = save;
    const put = items && Array.isArray(value) ? value.map((entry) => entryOf(entry, items)) : value;
    return writePath(body, save.path, put);
  }, {});
}
