CREATE TABLE "ai_endpoint" (
	"org_id" uuid PRIMARY KEY NOT NULL,
	"enabled" boolean DEFAULT false NOT NULL,
	"base_url" text NOT NULL,
	"model" text NOT NULL,
	"sealed_key" "bytea",
	"timeout_seconds" integer DEFAULT 8 NOT NULL,
	"most_tokens" integer DEFAULT 300 NOT NULL,
	"price_in" bigint DEFAULT 0 NOT NULL,
	"price_out" bigint DEFAULT 0 NOT NULL,
	"month_cost" bigint DEFAULT 0 NOT NULL,
	"month_questions" integer DEFAULT 1000 NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "ai_use" (
	"org_id" uuid NOT NULL,
	"day" date NOT NULL,
	"questions" integer DEFAULT 0 NOT NULL,
	"tokens_in" bigint DEFAULT 0 NOT NULL,
	"tokens_out" bigint DEFAULT 0 NOT NULL,
	"cost" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "ai_use_org_id_day_pk" PRIMARY KEY("org_id","day")
);
--> statement-breakpoint
CREATE TABLE "faq_entry" (
	"id" uuid PRIMARY KEY NOT NULL,
	"org_id" uuid NOT NULL,
	"language" text NOT NULL,
	"questions" text[] NOT NULL,
	"answer" text NOT NULL,
	"enabled" boolean DEFAULT true NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "faq_entry_org_id_key" UNIQUE("org_id","id")
);
--> statement-breakpoint
CREATE TABLE "org_secret" (
	"id" uuid PRIMARY KEY NOT NULL,
	"org_id" uuid NOT NULL,
	"name" text NOT NULL,
	"sealed" "bytea" NOT NULL,
	"hosts" text[] DEFAULT '{}' NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "org_secret_name_key" UNIQUE("org_id","name")
);
--> statement-breakpoint
CREATE TABLE "flow_passage" (
	"org_id" uuid NOT NULL,
	"run_id" uuid NOT NULL,
	"place" integer NOT NULL,
	"ticket_id" uuid NOT NULL,
	"flow_version_id" uuid NOT NULL,
	"node" text NOT NULL,
	"entered_at" timestamp (3) with time zone NOT NULL,
	"left_at" timestamp (3) with time zone,
	"exit" text,
	"failed" boolean DEFAULT false NOT NULL,
	CONSTRAINT "flow_passage_run_id_place_pk" PRIMARY KEY("run_id","place")
);
--> statement-breakpoint
CREATE TABLE "flow_scenario" (
	"id" uuid PRIMARY KEY NOT NULL,
	"org_id" uuid NOT NULL,
	"flow_id" uuid NOT NULL,
	"name" text NOT NULL,
	"script" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "flow_scenario_name_key" UNIQUE("flow_id","name"),
	CONSTRAINT "flow_scenario_org_id_key" UNIQUE("org_id","id")
);
--> statement-breakpoint
ALTER TABLE "flow_version" ADD COLUMN "compiled" jsonb;--> statement-breakpoint
ALTER TABLE "ai_endpoint" ADD CONSTRAINT "ai_endpoint_org_id_organisation_id_fk" FOREIGN KEY ("org_id") REFERENCES "public"."organisation"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ai_use" ADD CONSTRAINT "ai_use_org_id_organisation_id_fk" FOREIGN KEY ("org_id") REFERENCES "public"."organisation"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "faq_entry" ADD CONSTRAINT "faq_entry_org_id_organisation_id_fk" FOREIGN KEY ("org_id") REFERENCES "public"."organisation"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "org_secret" ADD CONSTRAINT "org_secret_org_id_organisation_id_fk" FOREIGN KEY ("org_id") REFERENCES "public"."organisation"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flow_passage" ADD CONSTRAINT "flow_passage_run_id_flow_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."flow_run"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flow_scenario" ADD CONSTRAINT "flow_scenario_org_id_flow_id_flow_org_id_id_fk" FOREIGN KEY ("org_id","flow_id") REFERENCES "public"."flow"("org_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "faq_entry_language_idx" ON "faq_entry" USING btree ("org_id","language");--> statement-breakpoint
CREATE INDEX "flow_passage_version_idx" ON "flow_passage" USING btree ("flow_version_id","entered_at");
--> statement-breakpoint
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['flow_scenario', 'flow_passage', 'faq_entry', 'org_secret', 'ai_endpoint', 'ai_use'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY system_all ON %I TO guazu_system USING (true) WITH CHECK (true)', t);
    EXECUTE format('CREATE POLICY own_organisation ON %I TO guazu_app USING (org_id = app_org()) WITH CHECK (org_id = app_org())', t);
  END LOOP;
END $$;
