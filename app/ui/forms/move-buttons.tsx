import { ArrowDown, ArrowUp } from "lucide-react";
import { IconButton } from "../icon-button";

type MoveButtonsProps = { first: boolean; last: boolean; up: string; down: string };

/** Two buttons of a row's form (`intent` is `up` or `down`) that change its place in a list; `up` and `down` name them. */
export function MoveButtons({ first, last, up, down }: MoveButtonsProps) {
  return (
    <>
      <IconButton type="submit" name="intent" value="up" disabled={first} label={up} icon={<ArrowUp />} />
      <IconButton type="submit" name="intent" value="down" disabled={last} label={down} icon={<ArrowDown />} />
    </>
  );
}
