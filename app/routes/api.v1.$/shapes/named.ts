import { z } from "zod";

/** The shapes that the API's document names. */
export const shapes = new Map<string, { shape: z.ZodType; description: string }>();

/** Gives a shape its name in the document. */
export function named<Shape extends z.ZodType>(id: string, description: string, shape: Shape): Shape {
  shapes.set(id, { shape, description });
  return shape;
}

export const id = z.uuid();
/** RFC 3339, in UTC. */
export const time = z.iso.datetime();
export const idAndName = z.object({ id, name: z.string() });
