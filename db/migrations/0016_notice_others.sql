-- In a flood a notice stands for those of its kind that came after it.
ALTER TABLE "notice" ADD COLUMN "others" integer DEFAULT 0 NOT NULL;