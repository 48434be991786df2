CREATE EXTENSION IF NOT EXISTS pg_trgm;
--> statement-breakpoint
-- The words of a text as they are, and their stems in both languages of the region. Immutable, for an index to stand on it.
CREATE FUNCTION search_words(given text) RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  AS $$ SELECT to_tsvector('pg_catalog.simple', public.search_fold(given))
    || strip(to_tsvector('pg_catalog.spanish', given)) || strip(to_tsvector('pg_catalog.portuguese', given)) $$;
--> statement-breakpoint
-- The stretches of time in which a moment lies, of 2^9, 2^14, 2^19 and 2^24 seconds: four times their number, and 0 to 3.
CREATE FUNCTION search_spans(given timestamptz) RETURNS int[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  AS $$ SELECT array[(s >> 9) * 4, (s >> 14) * 4 + 1, (s >> 19) * 4 + 2, (s >> 24) * 4 + 3]::int[]
    FROM (SELECT floor(extract(epoch FROM given))::bigint AS s) second $$;
--> statement-breakpoint
-- By what a contact is found: name, address and telephone, cut into words.
CREATE FUNCTION search_name(name text, email text, phone text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS $$ SELECT regexp_replace(public.search_fold(name || ' ' || coalesce(email, '') || ' ' || coalesce(phone, '')), '[^[:alnum:]]+', ' ', 'g') $$;
--> statement-breakpoint
CREATE INDEX "message_words_idx" ON "message" USING gin ("org_id", search_spans("created_at"), search_words("text"))
  WHERE "org_id" IS NOT NULL AND "text" <> '';
--> statement-breakpoint
CREATE INDEX "contact_words_idx" ON "contact" USING gin ("org_id", to_tsvector('simple', search_name("name", "email", "phone")))
  WHERE "merged_into" IS NULL AND "erased_at" IS NULL;
--> statement-breakpoint
CREATE INDEX "contact_likeness_idx" ON "contact" USING gin ("org_id", search_name("name", "email", "phone") gin_trgm_ops)
  WHERE "merged_into" IS NULL AND "erased_at" IS NULL;
