CREATE TABLE "kindred_state"."installation" (
	"only" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"owner" uuid DEFAULT gen_random_uuid() NOT NULL,
	CONSTRAINT "installation_once" CHECK ("kindred_state"."installation"."only")
);
--> statement-breakpoint
CREATE TABLE "kindred_state"."jobs" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "kindred_state"."jobs_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"status" text NOT NULL,
	"attempts" integer NOT NULL,
	"not_before" timestamp (3) with time zone NOT NULL,
	"claimed_by" text,
	"claimed_until" timestamp (3) with time zone,
	"finished_at" timestamp (3) with time zone,
	"message" text,
	CONSTRAINT "one_job_per_tick" UNIQUE("kind","due_at")
);
--> statement-breakpoint
CREATE TABLE "kindred_state"."proposals" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "kindred_state"."proposals_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"status" text NOT NULL,
	"summary" text NOT NULL,
	"body" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"created_by" text NOT NULL,
	"decided_at" timestamp (3) with time zone,
	"decided_by" text,
	"reason" text
);
--> statement-breakpoint
CREATE TABLE "kindred_state"."refreshes" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "kindred_state"."refreshes_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"model_id" text NOT NULL,
	"as_of" date NOT NULL,
	"kind" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"fingerprint" text NOT NULL,
	"body" jsonb NOT NULL
);
--> statement-breakpoint
-- Models from before refreshes cannot be refreshed: none stands until the shop is segmented again.
UPDATE "kindred_state"."models" SET "status" = 'superseded' WHERE "body" -> 'reference' IS NULL;
