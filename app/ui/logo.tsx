const sizes = { md: "size-8", rail: "size-9", xl: "size-20" };

/** An organisation's logo. White lies under it, as where logos are made. Its name stands beside it or is said around it. */
export function Logo({ src, size = "md" }: { src: string; size?: keyof typeof sizes }) {
  return (
    <img
      src={src}
      alt=""
      decoding="async"
      className={`shrink-0 rounded-sm border border-line bg-[#fff] object-contain ${sizes[size]}`}
    />
  );
}
